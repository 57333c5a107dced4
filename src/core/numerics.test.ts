import { expect, test } from "vitest";
import { cosPi, exp, log } from "./numerics.js";
import { Rng } from "./rng.js";

test("log agrees with Math.log to a relative 4e-16, over all magnitudes", () => {
	const rng = Rng.fromSeed(1);
	let worst = 0;
	for (let i = 0; i < 20_000; i++) {
		const x = (1 + rng.uniform()) * 2 ** (rng.below(2000) - 1000);
		worst = Math.max(worst, Math.abs(log(x) - Math.log(x)) / Math.abs(Math.log(x)));
	}
	// Two roundings of half a unit in the last place each, ours and Math.log's, and the last addition's: 1.5 · 2⁻⁵² = 3.3e-16.
	expect(worst).toBeLessThan(4e-16);
});

test("log near 1 keeps its relative precision", () => {
	for (const step of [1e-3, 1e-8, 1e-15]) {
		for (const x of [1 + step, 1 - step]) expect(Math.abs(log(x) / Math.log1p(x - 1) - 1)).toBeLessThan(4e-16);
	}
});

test("log at the edges of its domain", () => {
	expect(log(1)).toBe(0);
	expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
	expect(log(-1)).toBeNaN();
	expect(log(Number.NaN)).toBeNaN();
	expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
	expect(log(Number.MIN_VALUE)).toBeCloseTo(-744.4400719213812, 10);
});

test("exp agrees with Math.exp to a relative 3e-16, over all magnitudes", () => {
	const rng = Rng.fromSeed(2);
	let worst = 0;
	for (let i = 0; i < 20_000; i++) {
		const x = i % 2 === 0 ? 1400 * rng.uniform() - 700 : 2 * rng.uniform() - 1;
		worst = Math.max(worst, Math.abs(exp(x) / Math.exp(x) - 1));
	}
	// One rounding each, ours and Math.exp's, of at most 2⁻⁵³ in the value and as much in the quotient, with a little for ours: 3 · 2⁻⁵³ =
	// 3.3e-16; measured 2.2e-16.
	expect(worst).toBeLessThan(3.4e-16);
});

test("exp at the edges of its range", () => {
	expect(exp(0)).toBe(1);
	expect(Math.abs(exp(709.78) / Math.exp(709.78) - 1)).toBeLessThan(3.4e-16);
	expect(exp(709.79)).toBe(Number.POSITIVE_INFINITY);
	expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
	expect(Math.abs(exp(-720) - Math.exp(-720))).toBeLessThanOrEqual(Number.MIN_VALUE); // subnormal numbers stand this far apart
	expect(exp(-745.1)).toBe(Number.MIN_VALUE);
	expect(exp(-746)).toBe(0);
	expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
	expect(exp(Number.NaN)).toBeNaN();
});

test("cosPi agrees with Math.cos, and is exact where it can be", () => {
	let worst = 0;
	for (let i = 0; i <= 20_000; i++) worst = Math.max(worst, Math.abs(cosPi(i / 20_000) - Math.cos((Math.PI * i) / 20_000)));
	// Math.cos is given πx with two roundings, of up to 2⁻⁵² each where it is above 2, and the results are rounded: measured 5.6e-16.
	expect(worst).toBeLessThan(7e-16);
	expect([cosPi(0), cosPi(0.5), cosPi(1)]).toEqual([1, 0, -1]);
	expect(cosPi(1 / 3)).toBeCloseTo(0.5, 15);
});
