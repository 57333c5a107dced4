import { describe, expect, test } from "vitest";
import { logProbabilityBetween } from "./normal.js";

/** The slow reference: Simpson's rule on the density, scaled by its value at `origin` so that nothing underflows. */
function bySimpson(a: number, b: number, origin: number): number {
	const intervals = 20_000;
	const h = (b - a) / intervals;
	let sum = 0;
	for (let i = 0; i <= intervals; i++) {
		const z = a + i * h;
		sum += (i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp((origin - z) * (origin + z) * 0.5);
	}
	return Math.log((sum * h) / 3) - (origin * origin) / 2 - Math.log(2 * Math.PI) / 2;
}

describe("logProbabilityBetween", () => {
	const ends = [
		[-1, 1],
		[-0.001, 0.002],
		[0, 2.9],
		[1, 1.05],
		[2.99, 3.01],
		[-4, -3.5],
		[-3.5, 4],
		[5, 5.2],
		[-20, -19.9],
		[30, 30.5],
	];
	// Simpson's own error, h⁴/180 of a fourth derivative, stays below 1e-12 here; cancelling of nearly equal ends leaves 1e-12 of the others.
	test.each(ends)("agrees with the integral of the density from %d to %d", (a, b) => {
		const origin = Math.min(Math.abs(a), Math.abs(b));
		expect(logProbabilityBetween(a, b)).toBeCloseTo(bySimpson(a, b, a < 0 && b > 0 ? 0 : origin), 11);
	});

	// Published values of log(1 − Φ(z)): Abramowitz & Stegun table 26.2 lists −log10 at z = 10 and 40 as 23.11805 and 349.43701.
	test.each([
		[10, 23.11805],
		[40, 349.43701],
	])("does not underflow in the tail beyond %d", (z, minusLog10) => {
		expect(-logProbabilityBetween(z, Number.POSITIVE_INFINITY) / Math.LN10).toBeCloseTo(minusLog10, 5);
		expect(logProbabilityBetween(Number.NEGATIVE_INFINITY, -z)).toBe(logProbabilityBetween(z, Number.POSITIVE_INFINITY));
	});

	test("is 0, the logarithm of 1, over the whole line", () => {
		expect(logProbabilityBetween(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(0);
	});

	test("is continuous where the series hands over to the continued fraction", () => {
		const below = logProbabilityBetween(2.9999999999, Number.POSITIVE_INFINITY);
		const above = logProbabilityBetween(3, Number.POSITIVE_INFINITY);
		// The hazard at 3 is 3.28, so the true difference is 3.3e-10.
		expect(below - above).toBeGreaterThan(3.2e-10);
		expect(below - above).toBeLessThan(3.4e-10);
	});
});
