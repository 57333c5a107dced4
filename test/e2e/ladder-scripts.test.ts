import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { type FinishedTrial, trialRunKey } from "../../src/core/trial.js";
import { openStore } from "../../src/store/open.js";
import { processesWith } from "../fixtures/scripts/processes.js";
import { until } from "../fixtures/until.js";
import type { Ended, Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const script = readFileSync(fileURLToPath(new URL("../fixtures/scripts/climbs.py", import.meta.url)), "utf8");
const mark = `climbs-${process.pid}`;

/** `mode`: what is wrong with the script; see there. The mark in its command line is a comment to it. */
const study = (mode: string) => `
version: 1
name: climbs
workload: { command: [python3, climbs.py, ${mode}, "{batchSize}", "{learningRate}", "{seed}", ${mark}], examples: 2000, grace: 0.2 }
goal: { metric: validation.loss, atMost: 0.06 }
batchSizes: [4, 16, 64, 256]
tune: { learningRate: { from: 0.01, to: 4 } }
limits: { steps: 3000, epochs: 3 }
`;
const modes = ["well", "flat", "noise", "diverges", "floor", "epoch", "timer"];
const workplace = workplaces({ "climbs.py": script, ...Object.fromEntries(modes.map((mode) => [`${mode}.yaml`, study(mode)])) });

interface Answer {
	readonly study: { readonly id: string };
	readonly state: string;
	readonly digest: string | null;
	readonly cost: { readonly trials: number; readonly examples: number; readonly trainings: number | null };
	readonly recommendation: { readonly batchSize: number | null; readonly learningRate: number | null };
}

const answerOf = ({ stdout, stderr }: Ended): Answer => {
	if (stdout === "") throw new Error(stderr);
	return JSON.parse(stdout) as Answer;
};

const args = (mode: string, ...more: readonly string[]) => ["tune", `${mode}.yaml`, "--budget", "5x", "--quiet", ...more];

/** The ladder of a script, with how often it was started. */
async function tuned(mode: string, ...more: readonly string[]) {
	const place = workplace();
	const answer = answerOf(await place.start(args(mode, "--json", ...more)));
	expect(processesWith(mark)).toEqual([]);
	return { answer, trials: trialsOf(place, answer) };
}

function trialsOf({ folder }: Workplace, { study }: Answer): readonly FinishedTrial[] {
	const store = openStore(join(folder, ".sweetspot"), { mode: "read" });
	const trials = store?.trials(study.id).map(({ spec, result }) => ({ spec, result: { ...result, evaluations: [] } })) ?? [];
	store?.close();
	return trials;
}

/** Examples of a run of batch size 16, where the ladder begins, to its limit. */
const longRun = 16 * 2944;

describe("the ladder of a script", () => {
	/** Where nothing is wrong with it: continued, and begun anew at every rung. */
	let well: Awaited<ReturnType<typeof tuned>>;
	let anew: Answer;
	beforeAll(async () => {
		well = await tuned("well");
		anew = (await tuned("well", "--set", "workload.paused=0")).answer;
	});

	test("continues its runs, and has the digest that it has where each begins anew, for more; with two slots as well", async () => {
		const { answer, trials } = well;
		expect(answer.state).toBe("complete");
		expect(answer.recommendation.batchSize).not.toBeNull();
		const first = new Set<string>();
		for (const { spec, result } of trials) {
			const isLater = first.has(trialRunKey(spec));
			first.add(trialRunKey(spec));
			expect(result.before !== undefined).toBe(isLater);
		}
		expect(anew.digest).toBe(answer.digest);
		expect(answer.cost.trainings).toBeLessThan(0.95 * (anew.cost.trainings ?? 0));
		expect((await tuned("well", "--workers", "2")).answer.digest).toBe(answer.digest);
	});

	test("with room for two that wait has the same digest, for less than where none may", async () => {
		const { answer } = await tuned("well", "--set", "workload.paused=2");
		expect(answer.digest).toBe(well.answer.digest);
		expect(answer.cost.examples).toBeGreaterThanOrEqual(well.answer.cost.examples);
		expect(answer.cost.examples).toBeLessThan(anew.cost.examples);
	});

	test.each([
		["flat", "no arm gets anywhere"],
		["noise", "its metric is noise"],
		["floor", "its goal can't be reached"],
	])("ends for the price of a few long runs, with the best that was seen: %s, %s", async (mode) => {
		const place = workplace();
		const answer = answerOf(await place.start(args(mode, "--json")));
		expect(answer.recommendation.batchSize).toBeNull();
		expect(answer.cost.examples).toBeLessThan(5 * longRun);
		const { stdout } = await place.start(["show", answer.study.id]);
		expect(stdout.replace(/\s+/g, " ")).toMatch(
			/No batch size (that was tried \(.+\) )?reached a validation loss of at most 0\.06\. The best validation loss seen was/,
		);
	});

	test("ends at once where every run diverges", async () => {
		const { answer } = await tuned("diverges");
		expect(answer.recommendation.batchSize).toBeNull();
		expect(answer.cost.examples).toBeLessThan(longRun / 50);
	});

	test("finds a setting where the script reports once an epoch", async () => {
		const { answer } = await tuned("epoch");
		expect(answer.recommendation.batchSize).not.toBeNull();
	});

	test("finds the same setting where the script ends by a timer of its own, which goes on while it stands still", async () => {
		const { answer } = await tuned("timer");
		const { batchSize, learningRate } = well.answer.recommendation;
		expect(answer.recommendation).toMatchObject({ batchSize, learningRate });
	});

	test("leaves no process behind when it is killed at any moment, and goes on to the same digest", async () => {
		const place = workplace();
		place.write("hold", ""); // each step takes longer
		/** Milliseconds after its first script has begun. The last ones may come when all is done. */
		const moments = [137, 911, 353, 1289, 41, 677];
		let kills = 0;
		for (const [i, moment] of moments.entries()) {
			const { kill, ended } = place.begin(i === 0 ? ["tune", "well.yaml", "--budget", "5x"] : ["resume", "climbs"]);
			let isOver = false;
			void ended.then(() => {
				isOver = true;
			});
			await until(() => isOver || processesWith(mark).length > 0);
			await delay(moment);
			kill("SIGKILL");
			if ((await ended).code === null) kills++;
			await until(() => processesWith(mark).length === 0);
		}
		expect(kills).toBeGreaterThan(2);
		expect(answerOf(await place.start(["resume", "climbs", "--json", "--quiet"])).digest).toBe(well.answer.digest);
	});

	test("Ctrl-C ends those that wait as well", async () => {
		const place = workplace();
		place.write("hold", "");
		const { kill, ended } = place.begin(["tune", "well.yaml", "--budget", "5x"]);
		await until(() => processesWith(mark).length > 3); // one runs, the others wait
		kill("SIGINT");
		expect((await ended).code).toBe(130);
		await delay(50);
		expect(processesWith(mark)).toEqual([]);
	});
});
