import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import { type TrialResult, type TrialSpec, trialRunKey } from "../../core/trial.js";
import type { SlotTrainer } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import type { TrainContext, TrainFunction } from "./train-function.js";
import { functionTrainer } from "./trainer.js";

const study: Study = { ...closedFormStudy(64), goal: { metric: "validation.loss", atMost: 0.02 } };
const trial: TrialSpec = {
	...{ phase: "ladder", batchSize: 8, learningRate: 0.5, seedIndex: 0, seed: 7, cap: 5 },
	...{ until: "goal", curves: false, probe: false },
};
const caps = [5, 14, 41, 120, 334];

async function resultOf(trainer: SlotTrainer, spec: TrialSpec, stop = { stopped: false }): Promise<TrialResult> {
	let found: TrialResult | undefined;
	for await (const { result } of trainer.train(spec, stop)) found = result ?? found;
	if (!found) throw new Error("no result");
	return found;
}

const timeless = ({ seconds, before, ...rest }: TrialResult) => rest;
const lossAfter = (step: number) => ({ "validation.loss": 4 / step });

/** Every trainer says it in its own way; `stride`: after how many steps. */
const plain =
	(stride: number): TrainFunction =>
	({ report }) => {
		for (let step = stride; !report({ step, metrics: lossAfter(step) }); step += stride);
	};

describe.each([1, 7])("a trainer that is a generator and reports every %i steps", (stride) => {
	let begun = 0;
	const ways: Readonly<Record<string, TrainFunction>> = {
		*sync({ isDue }: TrainContext) {
			begun++;
			for (let step = stride; ; step += stride) if (isDue(step)) yield { step, metrics: lossAfter(step) };
		},
		async *async({ isDue }: TrainContext) {
			begun++;
			for (let step = stride; ; step += stride) {
				if (step % 40 === 0) await delay(1);
				if (isDue(step)) yield { step, metrics: lossAfter(step) };
			}
		},
	};

	test.each(Object.entries(ways))("goes on where it was, %s, with the results of one that begins anew", async (_, train) => {
		begun = 0;
		const trainer = functionTrainer(study, train);
		const anew = functionTrainer(study, plain(stride));
		let before: TrialResult["before"];
		for (const cap of caps) {
			const result = await resultOf(trainer, { ...trial, cap });
			const expected = await resultOf(anew, { ...trial, cap });
			expect(timeless(result)).toEqual(timeless(expected));
			expect(result.before).toEqual(before);
			expect(expected.before).toBeUndefined();
			before = { steps: result.steps, examples: result.examples };
		}
		expect(begun).toBe(1);
	});
});

test("a generator's trial is over for good at the goal, when it is cancelled, and where no other may follow: it winds up then", async () => {
	let ended = 0;
	const trainer = functionTrainer(study, function* () {
		try {
			for (let step = 1; ; step++) yield { step, metrics: lossAfter(step) };
		} finally {
			ended++;
		}
	});
	expect(await resultOf(trainer, { ...trial, cap: 1000 })).toMatchObject({ outcome: "reached" });
	expect(ended).toBe(1);
	await resultOf(trainer, { ...trial, phase: "tuning" });
	expect(ended).toBe(2);
	expect(await resultOf(trainer, trial, { stopped: true })).toMatchObject({ outcome: "cancelled" });
	expect(await resultOf(trainer, trial)).toMatchObject({ outcome: "missed" });
	expect(trainer.heldRuns?.()).toEqual([trialRunKey(trial)]);
});

test("one that throws or ends after it went on has failed or stopped, as it would have in one piece", async () => {
	const fragile = functionTrainer(study, function* () {
		for (let step = 1; step < 10; step++) yield { step, metrics: lossAfter(step) };
		throw new Error("no such tensor");
	});
	await resultOf(fragile, trial);
	expect(await resultOf(fragile, { ...trial, cap: 14 })).toMatchObject({ outcome: "failed", message: "no such tensor", steps: 9 });
	const short = functionTrainer(study, function* () {
		for (let step = 1; step < 10; step++) yield { step, metrics: lossAfter(step) };
	});
	await resultOf(short, trial);
	expect(await resultOf(short, { ...trial, cap: 14 })).toMatchObject({ outcome: "stopped", steps: 9 });
});

test("its limit of seconds is that of its run, without the time in which it was left", async () => {
	const limited = functionTrainer({ ...study, limits: { ...study.limits, seconds: 0.4 } }, async function* () {
		for (let step = 1; ; step++) {
			await delay(10);
			yield { step, metrics: lossAfter(step) };
		}
	});
	await resultOf(limited, { ...trial, cap: 10 });
	await delay(400);
	expect(await resultOf(limited, { ...trial, cap: 15 })).toMatchObject({ outcome: "missed" });
	const { outcome, steps } = await resultOf(limited, { ...trial, cap: 200 });
	expect(outcome).toBe("timed out");
	expect(steps).toBeLessThan(41);
});

test("of many that were left those closest to the goal are kept", async () => {
	const ended: number[] = [];
	const trainer = functionTrainer(study, function* ({ learningRate }) {
		try {
			for (let step = 1; ; step++) yield { step, metrics: { "validation.loss": learningRate } };
		} finally {
			ended.push(learningRate);
		}
	});
	for (let rate = 1; rate <= 14; rate++) await resultOf(trainer, { ...trial, learningRate: rate });
	expect(ended).toEqual([13, 14]);
	expect(trainer.heldRuns?.().length).toBe(12);
});
