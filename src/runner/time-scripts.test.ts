import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import type { ColumnAnswer } from "../core/column.js";
import type { FinishedTrial, TrialSpec } from "../core/trial.js";
import { inlineExecutor } from "../executors/inline.js";

import type { Executor, Trainer } from "../study/contracts.js";
import { tradeoffDesign } from "../study/designs.js";

import { timeScripts } from "./time-scripts.js";

const curve = { minSteps: 20, critical: 8, bestAtOne: -4, noise: 0 };
const study = closedFormStudy(16, { batchSizes: [4, 16] });

/** All trials of the study, each of this many seconds. */
function trialsOf(seconds: number): readonly FinishedTrial[] {
	const finished: FinishedTrial[] = [];
	for (let wanted = tradeoffDesign.next(study, finished); wanted.length > 0; wanted = tradeoffDesign.next(study, finished))
		for (const { spec } of wanted) finished.push({ spec, result: { ...trainClosedForm(study, curve, spec), seconds } });
	return finished;
}

/** Reports a step every few milliseconds, until it is stopped; what it says of its time is B milliseconds a step. */
const trainer = (began: TrialSpec[]): Pick<Trainer, "train"> => ({
	async *train(spec, stop) {
		began.push(spec);
		let step = 0;
		while (!stop.stopped) {
			await delay(5);
			yield { step: ++step, evaluations: [] };
		}
		const result = {
			...trainClosedForm(study, curve, spec),
			clock: { steps: step, seconds: step * 0.001 * spec.batchSize, startUp: false },
		};
		yield { step, evaluations: [], result };
	},
});

async function timed(seconds: number, startUp: boolean) {
	const trials = trialsOf(seconds);
	const answers: readonly ColumnAnswer[] = tradeoffDesign.answers(study, trials);
	const known = [
		{ batchSize: 4, passes: [1, 1, 1] },
		{ batchSize: 16, passes: [1, 1, 1], ...(startUp && { startUp }) },
	];
	const began: TrialSpec[] = [];
	const executor = inlineExecutor(trainer(began));
	const signal = new AbortController().signal;
	const times = await timeScripts(known, answers, { study, executor, signal, trials, onPass: () => {} });
	await executor.close();
	return { times, began, trials };
}

test("quick scripts: every size three times, in turn, beyond the goal, on a seed that no trial had", async () => {
	const { times, began, trials } = await timed(0.1, false);
	expect(began.map(({ batchSize }) => batchSize)).toEqual([4, 16, 4, 16, 4, 16]);
	for (const { until, cap, seed } of began) {
		expect(until).toBe("cap");
		expect(cap).toBeGreaterThan(Math.max(...trials.map(({ spec }) => spec.cap)));
		expect(trials.some(({ spec }) => spec.seed === seed)).toBe(false);
	}
	for (const { batchSize, passes } of times ?? []) expect(passes).toEqual([0, 1, 2].map(() => expect.closeTo(0.001 * batchSize, 12)));
});

test("slow ones: only sizes whose trials show no time", async () => {
	expect((await timed(100, false)).began).toEqual([]);
	const { times, began } = await timed(100, true);
	expect(new Set(began.map(({ batchSize }) => batchSize))).toEqual(new Set([16]));
	expect(times).toContainEqual({ batchSize: 4, passes: [1, 1, 1] });
	expect(times?.find(({ batchSize }) => batchSize === 16)).not.toHaveProperty("startUp");
});

test("a silent run is given up half a minute after its first sign of life, however long it waited for that", async () => {
	vi.useFakeTimers();
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const trials = trialsOf(1);
	const answers = tradeoffDesign.answers(study, trials);
	/** Of each run, how to let it begin, and whether it was ended. */
	const runs: { readonly begin: () => void; readonly signal: AbortSignal }[] = [];
	const executor: Executor = {
		slots: 1,
		run: (spec, signal, onProgress) =>
			new Promise((resolve) => {
				runs.push({ begin: () => onProgress?.({ step: 0, evaluations: [] }), signal });
				signal.addEventListener("abort", () => resolve({ ...trainClosedForm(study, curve, spec), outcome: "cancelled" }));
			}),
		close: async () => {},
	};
	const timing = timeScripts([], answers.slice(0, 1), { study, executor, signal: new AbortController().signal, trials, onPass: () => {} });
	await vi.advanceTimersByTimeAsync(3_600_000);
	expect(runs.map(({ signal }) => signal.aborted)).toEqual([false]);
	runs[0].begin();
	await vi.advanceTimersByTimeAsync(20_000);
	runs[0].begin(); // started again, by the machine's fault
	await vi.advanceTimersByTimeAsync(29_999);
	expect(runs[0].signal.aborted).toBe(false);
	await vi.advanceTimersByTimeAsync(2);
	expect(runs[0].signal.aborted).toBe(true);
	expect(await timing).toEqual([]);
	expect(runs.length).toBe(1); // such a pass was long enough for one
});
