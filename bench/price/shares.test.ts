import { expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import { clusterBound, exactBound, quantile } from "./shares.js";

test("Clopper and Pearson's interval is the one of the tables", () => {
	const { low, high } = exactBound(8, 10);
	expect(low).toBeCloseTo(0.4439, 4);
	expect(high).toBeCloseTo(0.9748, 4);
	expect(exactBound(10, 10)).toEqual({ low: expect.closeTo(0.6915, 4), high: 1 });
	expect(exactBound(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.3085, 4) });
});

test("a quantile is the value that the share is at most", () => {
	const values = [5, 1, 4, 2, 3, 10, 9, 8, 7, 6];
	expect([0.05, 0.5, 0.9, 1].map((share) => quantile(values, share))).toEqual([1, 5, 9, 10]);
});

test("workloads that are alike within count once", () => {
	const rng = Rng.fromSeed(3);
	expect(
		clusterBound(
			[
				[1, 1, 1],
				[1, 1, 1],
				[0, 0, 0],
				[1, 1, 1],
			],
			rng,
		),
	).toBeLessThan(0.5);
	expect(clusterBound([[1], [1], [1]], rng)).toBe(1);
});
