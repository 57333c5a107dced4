import { expect, test } from "vitest";
import { log } from "./numerics.js";
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
