import { describe, expect, test } from "vitest";
import { maximise, signChange } from "./maximise.js";

describe("maximise", () => {
	test("finds the top of a parabola to its precision", () => {
		const { at, value } = maximise((x) => 5 - (x - 1.2345) ** 2, -10, 10, 1e-6);
		expect(Math.abs(at - 1.2345)).toBeLessThan(1e-6);
		expect(value).toBeCloseTo(5, 10);
	});

	test("takes the higher of two peaks", () => {
		const twoPeaks = (x: number) => Math.exp(-((x + 4) ** 2)) + 1.1 * Math.exp(-((x - 3) ** 2));
		expect(maximise(twoPeaks, -10, 10, 1e-6).at).toBeCloseTo(3, 4);
	});

	test("ends at an end of the interval where the function rises to it", () => {
		expect(maximise((x) => x, 0, 1, 1e-6)).toEqual({ at: 1, value: 1 });
		expect(maximise((x) => -x, 0, 1, 1e-6)).toEqual({ at: 0, value: -0 });
	});
});

describe("signChange", () => {
	test("finds where a function turns negative, on either side", () => {
		const f = (x: number) => 2 - x * x;
		expect(signChange(f, 0, 50, 1e-8)).toBeCloseTo(Math.SQRT2, 7);
		expect(signChange(f, 0, -50, 1e-8)).toBeCloseTo(-Math.SQRT2, 7);
	});

	test("is null where it never does", () => {
		expect(signChange((x) => Math.exp(-x), 0, 20, 1e-6)).toBeNull();
	});
});
