import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import type { Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface Plan {
	readonly workers: number;
	readonly runs: readonly {
		readonly experiment: string;
		readonly data: string | null;
		readonly tasks: { readonly total: number; readonly stored: number };
		readonly trainings: number | null;
		readonly steps: number | null;
		readonly seconds: number | null;
		readonly basis: string;
	}[];
	readonly total: { readonly seconds: number };
}

const workplace = workplaces();

async function planned(place: Workplace): Promise<Plan> {
	const { code, stdout, stderr } = await place.start(["claims", "--plan", "--json", "--workers", "1", "--store", "kept"]);
	expect([code, stderr]).toEqual([0, ""]);
	return JSON.parse(stdout) as Plan;
}

test("claims --plan says what would run and for how long, and changes nothing", async () => {
	const place = workplace();
	const { runs, total, workers } = await planned(place);
	expect(existsSync(join(place.folder, "kept"))).toBe(false);
	expect(workers).toBe(1);
	expect(runs).toHaveLength(15);
	expect(runs.map(({ tasks }) => tasks.stored)).toEqual(Array(15).fill(0));
	// 6 seeds: early and late weights, and two runs for each of three sizes in three ways.
	expect(runs.find(({ experiment }) => experiment === "gradient-norm")).toMatchObject({ trainings: 6 * (2 + 2 * 9), basis: "step times" });
	expect(runs.find(({ experiment }) => experiment === "flavors")).toMatchObject({ trainings: null, seconds: 60, basis: "quick size" });
	expect(total.seconds).toBeCloseTo(
		runs.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
		6,
	);
	const text = await place.start(["claims", "--plan", "--store", "kept"]);
	expect(text.code).toBe(0);
	expect(text.stdout).toMatch(/^gradient-norm +its own +0 of 66 +120 /m);
	expect(text.stdout).toContain("To run what is left: sweetspot claims --run");
	expect((await place.start(["claims", "C8", "--plan"])).stderr).toContain("leave out the claim");
});

test("a campaign that is killed goes on from the last task that ended", async () => {
	const place = workplace();
	const run = ["claims", "--run", "--workers", "1", "--store", "kept"];
	/** Ends the campaign once so many tasks more are stored than when it began. */
	const endedAfter = async (signal: "SIGKILL" | "SIGINT", more: number) => {
		const before = storedIn(place).length;
		const { kill, ended } = place.begin(run);
		while (storedIn(place).length < before + more) await new Promise((resolve) => setTimeout(resolve, 50));
		kill(signal);
		return await ended;
	};
	await endedAfter("SIGKILL", 3);
	const kept = storedIn(place);
	expect((await planned(place)).runs[0]).toMatchObject({ experiment: "flavors", tasks: { stored: kept.length } });
	const interrupted = await endedAfter("SIGINT", 3);
	expect(interrupted.code).toBe(130);
	expect(interrupted.stderr).toContain("the same command goes on from there");
	const after = storedIn(place);
	// One run, whose earlier results are as they were.
	expect(after.slice(0, kept.length)).toEqual(kept);
	expect(after.length).toBeGreaterThanOrEqual(kept.length + 3);
	expect((await planned(place)).runs[0].tasks.stored).toBe(after.length);
});

/** The results of the only run, by place; none where there is no store yet. */
function storedIn(place: Workplace): readonly string[] {
	const store = openStore(join(place.folder, "kept"), { mode: "read" });
	try {
		const listed = store?.experiments.list() ?? [];
		expect(listed.length).toBeLessThanOrEqual(1);
		return listed.flatMap(({ key }) =>
			[...(store?.experiments.results(key) ?? [])].map(([at, result]) => `${at} ${JSON.stringify(result)}`),
		);
	} finally {
		store?.close();
	}
}
