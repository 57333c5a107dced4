import { describe, expect, test } from "vitest";
import { looksOf } from "../../../test/fixtures/power-law.js";
import type { Goal } from "../../core/goal.js";
import { curveOf, goalHeight, stepsTo, timesTo, topOf } from "./curve.js";

const loss: Goal = { metric: "train.loss", atMost: 0.1 };

/** Looks of a run whose loss is s^−a. */
const powerLaw = (power: number, until: number) => looksOf((step) => step ** -power, until);

describe("the curve of a run", () => {
	test("a power of the steps is a straight line: its pace is the power, and it meets the goal where the formula does", () => {
		const curve = curveOf(loss, 1.02, powerLaw(0.5, 40));
		expect(curve.pace).toBeCloseTo(0.5, 6);
		expect(curve.at).toBeCloseTo(0.5 * Math.log(40), 6);
		// 0.1 = s^−½ at s = 100, which is 2.5 times as far.
		expect(timesTo(curve, goalHeight(loss))).toBeCloseTo(2.5, 4);
		expect(timesTo(curve, 0)).toBe(1);
	});

	test("the mean over a window lags by the same factor everywhere, so that ratios of steps are exact", () => {
		const [one, other] = [
			powerLaw(0.5, 2000),
			powerLaw(0.5, 2000).map((look) => ({ ...look, metrics: { "train.loss": (look.step / 3) ** -0.5 } })),
		];
		const height = -Math.log(0.05);
		const ratio = (stepsTo(curveOf(loss, 1.02, other), height) ?? 0) / (stepsTo(curveOf(loss, 1.02, one), height) ?? 1);
		expect(ratio).toBeCloseTo(3, 1);
	});

	test("a run that gets nowhere never arrives, and what it stood at best counts", () => {
		const flat = Array.from({ length: 20 }, (_, i) => ({ step: i + 1, examples: i + 1, metrics: { "train.loss": i < 10 ? 0.5 : 0.6 } }));
		const curve = curveOf(loss, 1.02, flat);
		expect(timesTo(curve, goalHeight(loss))).toBe(1000);
		expect(topOf(curve)).toBeCloseTo(-Math.log(0.5), 12);
		expect(stepsTo(curve, 5)).toBeNull();
		expect(topOf(curveOf(loss, 1.02, []))).toBe(Number.NEGATIVE_INFINITY);
	});

	test("an error is as high as its accuracy; own metrics have the goal's direction and any sign", () => {
		expect(goalHeight({ metric: "validation.error", atMost: 0.07 })).toBeCloseTo(
			goalHeight({ metric: "validation.accuracy", atLeast: 0.93 }),
			12,
		);
		expect(goalHeight({ metric: "return", atLeast: -110 })).toBe(-110);
		expect(goalHeight({ metric: "energy", atMost: -3 })).toBe(3);
		expect(goalHeight({ metric: "perplexity", atMost: 20 })).toBeCloseTo(-Math.log(20), 12);
		const returns = [-200, -150, -120].map((value, i) => ({ step: i + 1, examples: i + 1, metrics: { return: value } }));
		expect(curveOf({ metric: "return", atLeast: -110 }, 1.02, returns).records.map(({ step }) => step)).toEqual([1, 2, 3]);
	});
});
