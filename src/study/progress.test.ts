import { expect, test } from "vitest";
import { type Curve, closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import type { FinishedTrial } from "../core/trial.js";
import { tradeoffDesign } from "./designs.js";
import { ladderDesign } from "./ladder/design.js";
import { progressOf, withinTime } from "./progress.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
const study = closedFormStudy(1000);

/** A study with every trial taking a second, and what its progress said after each. */
function run() {
	const finished: FinishedTrial[] = [];
	const said: ReturnType<typeof progressOf>[] = [];
	for (;;) {
		said.push(progressOf(study, finished, tradeoffDesign.answers(study, finished), [], 2));
		const [asked] = tradeoffDesign.next(study, finished);
		if (!asked) return { finished, said };
		const { spec } = asked;
		finished.push({ spec, result: { ...trainClosedForm(study, curve, spec), seconds: 1 } });
	}
}

test("is true: never less than is done, all of it at the end, and within a quarter of the truth from a third on", () => {
	const { finished, said } = run();
	const total = finished.length;
	for (const [i, { done, expected }] of said.entries()) {
		expect(done).toBe(i);
		expect(expected).toBeGreaterThanOrEqual(done);
		if (i > total / 3) expect(Math.abs(expected / total - 1)).toBeLessThan(0.25);
	}
	expect(said.at(-1)).toMatchObject({ done: total, expected: total, secondsLeft: 0 });
});

test("time left is what the trials to come take, on all workers", () => {
	const { finished, said } = run();
	expect(said[0].secondsLeft).toBeNull();
	const half = Math.floor(finished.length / 2);
	expect(Math.abs((said[half].secondsLeft ?? 0) / ((finished.length - half) / 2) - 1)).toBeLessThan(0.35);
});

/** The batch sizes whose best steps are known. */
const reachedIn = (progress: ReturnType<typeof progressOf> | undefined): number[] =>
	progress?.answers.flatMap(({ batchSize, steps }) => (steps === null ? [] : [batchSize])) ?? [];

test("best steps so far are those of sizes where some rate has reached the goal", () => {
	const { said } = run();
	expect(reachedIn(said[0])).toEqual([]);
	expect(reachedIn(said.at(-1))).toEqual([...study.batchSizes]);
});

test("no more is to be expected than the budget allows, nor does that take longer", () => {
	const { finished: all, said } = run();
	const done = said.findIndex(({ expected }) => expected > 280);
	const finished = all.slice(0, done);
	const budgeted = { ...study, budget: { trials: 264, seconds: null } }; // the least that isn't a small one
	const answers = tradeoffDesign.answers(study, finished);
	const [whole, within] = [study, budgeted].map((one) => progressOf(one, finished, answers, [], 1));
	expect(within.expected).toBe(264);
	expect((within.secondsLeft ?? 0) / (whole.secondsLeft ?? 1)).toBeCloseTo((264 - done) / (whole.expected - done), 2);
	expect(progressOf(budgeted, finished, answers, [{ batchSize: 32, trials: 9 }], 1).expected).toBe(273);
});

test("of a ladder it is what such studies usually take", () => {
	const small = closedFormStudy(1000, { budget: { trials: 40, seconds: null } });
	const finished = ladderDesign
		.next(small, [])
		.map(({ spec }) => ({ spec, result: { ...trainClosedForm(small, curve, spec), seconds: 3 } }));
	const { done, expected, secondsLeft } = progressOf(small, finished, ladderDesign.answers(small, finished), [], 2);
	expect({ done, expected, secondsLeft }).toEqual({ done: 7, expected: 76, secondsLeft: (69 * 3) / 2 });
});

test("no more is to be expected than the time pays for, nor longer", () => {
	const { said } = run();
	const progress = { ...said[10], expected: 50, secondsLeft: 80 };
	expect(withinTime(progress, 20)).toMatchObject({ done: 10, expected: 20, secondsLeft: 20 });
	expect(withinTime(progress, 0)).toMatchObject({ expected: 10, secondsLeft: 0 });
	for (const seconds of [80, 200, null]) expect(withinTime(progress, seconds)).toBe(progress);
	expect(withinTime(said[0], 20)).toBe(said[0]); // nothing is known yet
});
