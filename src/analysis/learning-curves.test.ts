import { describe, expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { learningCurvesOf, mostCurves } from "./learning-curves.js";

const {
	trials,
	findings: { tradeoff },
} = exampleStudy();
const curves = learningCurvesOf(trials, tradeoff);

describe("learningCurvesOf", () => {
	test("the run of median length stands first at each batch size", () => {
		const of32 = curves.filter(({ batchSize }) => batchSize === 32);
		expect(of32.map(({ isMedian }) => isMedian)).toEqual([true, false, false, false, false, false, false]);
		const steps = trials
			.filter(({ spec }) => spec.batchSize === 32)
			.map(({ spec, result }) => ({ seed: spec.seedIndex, step: result.first?.step ?? 0 }));
		expect(steps.sort((a, b) => a.step - b.step || a.seed - b.seed)[3].seed).toBe(of32[0].seedIndex);
	});

	test("looks are thinned, and the first and the last are kept", () => {
		for (const { looks, batchSize, seedIndex } of curves) {
			const [trial] = trials.filter(({ spec }) => spec.batchSize === batchSize && spec.seedIndex === seedIndex);
			const all = trial.result.evaluations;
			expect(looks[0].step).toBe(all[0].step);
			expect(looks.at(-1)?.step).toBe(all.at(-1)?.step);
			for (const [i, { step }] of looks.slice(1, -1).entries()) expect(step).toBeGreaterThanOrEqual(1.12 * looks[i].step);
		}
	});

	test("runs that kept no curves, took no step or ran at another rate are left out", () => {
		const [first, second, third, ...others] = trials;
		const without = learningCurvesOf(
			[
				{ ...first, spec: { ...first.spec, curves: false } },
				{ ...second, result: { ...second.result, steps: 0 } },
				{ ...third, spec: { ...third.spec, learningRate: 8 } },
				...others,
			],
			tradeoff,
		);
		expect(without).toHaveLength(curves.length - 3);
	});

	test("of many runs no more are kept than can be told apart", () => {
		const [trial] = trials;
		const many = Array.from({ length: 30 }, (_, seedIndex) => ({ ...trial, spec: { ...trial.spec, seedIndex } }));
		expect(learningCurvesOf(many, tradeoff)).toHaveLength(mostCurves);
	});
});
