import { beforeAll, describe, expect, test } from "vitest";
import { trialRunKey } from "../../src/core/trial.js";
import { openStore } from "../../src/store/open.js";
import type { Ended, Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface Answer {
	readonly study: { readonly id: string };
	readonly state: string;
	readonly digest: string | null;
	readonly reproducible: boolean;
	readonly cost: { readonly trials: number };
	readonly tradeoff: readonly { readonly batchSize: number; readonly outcome: string; readonly reportingRuns: number }[];
	readonly recommendation: { readonly verdict: string; readonly batchSize: number | null };
}

const answerOf = ({ stdout, stderr }: Ended): Answer => {
	if (stdout === "") throw new Error(stderr);
	return JSON.parse(stdout) as Answer;
};

/** A study whose whole design would take some 260 trials. By examples alone: its trials then depend on no clock. */
const study = `
version: 1
name: many
workload:
  data: { blobs: { examples: 600, classes: 3, features: 2, spread: 2 } }
  model: [{ dense: 16 }, relu, { dense: 3 }]
goal: { metric: validation.loss, atMost: 0.25 }
objective: cheapest
limits: { epochs: 20, steps: 500 }
`;

/** One that takes seconds where `many` may take a quarter of one: a budget of a tenth of a second always cuts it. */
const long = `
version: 1
name: long
workload:
  data: { spirals: { examples: 600, arms: 3 } }
  model: [{ dense: 32 }, relu, { dense: 3 }]
goal: { metric: validation.loss, atMost: 0.1 }
objective: cheapest
limits: { epochs: 2000, steps: 50000 }
`;

const workplace = workplaces({ "many.yaml": study, "long.yaml": long });

/** Runs that began: one that was continued counts once. */
function runsOf({ folder }: Workplace, id: string): number {
	const store = openStore(`${folder}/.sweetspot`, { mode: "read" });
	const runs = new Set(store?.trials(id).map(({ spec }) => trialRunKey(spec)));
	store?.close();
	return runs.size;
}

describe("tune --budget, of trials", () => {
	const args = ["tune", "many.yaml", "--json", "--quiet", "--budget", "30"];
	let place: Workplace;
	let times: readonly string[];
	let first: Answer;
	beforeAll(async () => {
		place = workplace();
		const timed = await place.start(["tune", "many.yaml", "--json", "--quiet", "--budget", "2"]);
		place.write("times.json", timed.stdout);
		times = ["--step-times", `${place.folder}/times.json`];
		first = answerOf(await place.start([...args, ...times, "--fresh", "--workers", "1"]));
	});

	test("begins at most so many runs, and answers with what they found", () => {
		expect(first).toMatchObject({ state: "complete", reproducible: true });
		expect(runsOf(place, first.study.id)).toBeLessThanOrEqual(30);
		expect(runsOf(place, first.study.id)).toBeGreaterThan(20);
		const outcomes = first.tradeoff.map(({ outcome }) => outcome);
		expect(outcomes).toContain("left behind");
		const recommended = first.tradeoff.find(({ batchSize }) => batchSize === first.recommendation.batchSize);
		expect(recommended?.outcome).toBe("reached");
		expect(recommended?.reportingRuns).toBeGreaterThanOrEqual(1);
	});

	test("buys the same trials with any number of workers, and after a kill", async () => {
		expect(answerOf(await workplace().start([...args, ...times, "--workers", "3"])).digest).toBe(first.digest);
		const killed = workplace();
		const finished = (said: string) => said.split("\n").filter((line) => line.includes("ladder")).length;
		const end = await killed.start(
			["tune", "many.yaml", "--budget", "30", ...times],
			(said, kill) => finished(said) > 6 && kill("SIGKILL"),
		);
		expect(end.code).toBeNull();
		expect(answerOf(await killed.start(["resume", first.study.id, "--json"])).digest).toBe(first.digest);
	});

	test("goes on with more of them, or with a larger budget, keeping every run", async () => {
		const { id } = first.study;
		const more = await place.start(["tune", "--continue", id, "--budget", "12", "--json", "--quiet"]);
		expect(more.stderr).toMatch(new RegExp(`Going on from ${id} with 42 trials, as \\S+, begun with its \\d+ trials`));
		expect(runsOf(place, answerOf(more).study.id)).toBeLessThanOrEqual(42);
		const alone = answerOf(await workplace().start(["tune", "many.yaml", "--json", "--quiet", "--budget", "42", ...times]));
		expect(alone.digest).toBe(answerOf(more).digest);
		const larger = await place.start(["tune", "--continue", id, "--budget", "60x", "--json", "--quiet"]);
		expect(larger.stderr).toContain(`Going on from ${id} with 60 trainings`);
	});

	test("too few for an answer say so, and how to go on", async () => {
		const other = workplace();
		const spent = await other.start(["tune", "many.yaml", "--budget", "1", "--quiet"]);
		expect(spent.code).toBe(3);
		expect(spent.stdout).toContain("Cannot tell yet");
		expect(spent.stdout.replace(/\s+/g, " ")).toMatch(/sweetspot tune --continue \S+ --budget \d+x/);
	});

	test("plan gives the runs it may begin", async () => {
		const planned = JSON.parse((await place.start(["plan", "many.yaml", "--json", "--budget", "30"])).stdout) as {
			readonly trials: number;
		};
		expect(planned).toMatchObject({ trials: 30, trialsAtMost: 30 });
		expect((await place.start(["plan", "many.yaml", "--budget", "30"])).stdout).toContain("at most 30 runs");
	});
});

describe("tune --budget, of time", () => {
	test("ends with the best answer so far, and goes on where it ended", async () => {
		const place = workplace();
		const whole = answerOf(await place.start(["tune", "long.yaml", "--json", "--quiet", "--budget", "90s"]));
		expect(whole).toMatchObject({ state: "complete" });
		expect(whole.recommendation.batchSize).not.toBeNull();
		place.write("times.json", JSON.stringify(whole));
		const cut = workplace();
		const ended = await cut.start([
			...["tune", "long.yaml", "--budget", "0.1s", "--set", "limits.steps=50001", "--step-times", `${place.folder}/times.json`],
		]);
		expect(ended.stderr).toContain("The budget of time is spent; continue with: sweetspot tune --continue long");
		const [, id = ""] = /--continue (\S+)/.exec(ended.stderr) ?? [];
		const on = answerOf(await cut.start(["tune", "--continue", id, "--json", "--quiet"]));
		expect(on).toMatchObject({ state: "complete", study: { id } });
		const again = answerOf(await cut.start(["show", id, "--json"]));
		expect(again.digest).toBe(on.digest);
	});

	test("with a number of trainings, whichever ends first", async () => {
		const place = workplace();
		const { stdout } = await place.start(["tune", "many.yaml", "--json", "--quiet", "--set", "budget={ trainings: 5, seconds: 90 }"]);
		const one = JSON.parse(stdout) as Answer;
		place.write("times.json", stdout);
		const alone = ["tune", "many.yaml", "--json", "--quiet", "--budget", "5x", "--step-times", `${place.folder}/times.json`];
		expect(answerOf(await workplace().start(alone)).digest).toBe(one.digest);
	});
});
