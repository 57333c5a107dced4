import { describe, expect, test } from "vitest";
import { crossingOf, runsOn } from "../../test/fixtures/lognormal-runs.js";
import { Rng } from "../core/rng.js";
import { bestMean, pooledSpread } from "./spread.js";

describe("pooledSpread", () => {
	test("is the pooled sample standard deviation where looks are close", () => {
		const rng = Rng.fromSeed(1);
		const logs = [7, 8, 9].map((mean) => Array.from({ length: 5 }, () => mean + 0.3 * rng.normal()));
		const squares = logs.flatMap((size) => {
			const mean = size.reduce((sum, x) => sum + x, 0) / size.length;
			return size.map((x) => (x - mean) ** 2);
		});
		const expected = Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / (15 - 3));
		const sizes = logs.map((size) => size.map((x) => ({ after: Math.exp(x - 1e-3), step: Math.exp(x + 1e-3) })));
		const { sd, degreesOfFreedom } = pooledSpread(sizes, 1.05);
		expect(sd / expected).toBeCloseTo(1, 2); // the search in log sd stops at 1e-3
		expect(degreesOfFreedom).toBe(12);
	});

	test("finds the spread between looks that are wider than it, over many runs", () => {
		const sizes = runsOn({ minSteps: 200, critical: 40, sd: 0.03 }, [1, 2, 4, 8, 16, 32], 40, Rng.fromSeed(2));
		// 234 degrees of freedom and the looks' rounding: the standard error is about 7 %.
		expect(
			Math.abs(
				pooledSpread(
					sizes.map(({ runs }) => runs),
					1.05,
				).sd /
					0.03 -
					1,
			),
		).toBeLessThan(0.2);
	});

	test("has the look's width over √12 as its floor, where all runs cross at one look", () => {
		const same = Array.from({ length: 7 }, () => crossingOf(500, 1.05));
		expect(pooledSpread([same, same], 1.05).sd).toBeCloseTo(Math.log(1.05) / Math.sqrt(12), 12);
	});

	test("rests on nothing where every size has one run", () => {
		expect(pooledSpread([[crossingOf(10, 1.05)], [crossingOf(20, 1.05)]], 1.05).degreesOfFreedom).toBe(0);
	});
});

describe("bestMean", () => {
	test("lies where as much is above as below", () => {
		expect(bestMean([crossingOf(500, 1.05)], 0.1).at).toBeCloseTo(Math.log(Math.sqrt(490 * 514)), 1);
	});

	test("moves up for a censored run", () => {
		const run = crossingOf(100, 1.05);
		const censored = { after: 150, step: Number.POSITIVE_INFINITY };
		expect(bestMean([run, censored], 0.2).at).toBeGreaterThan(bestMean([run], 0.2).at + 0.1);
	});
});
