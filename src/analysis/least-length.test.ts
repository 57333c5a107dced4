import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { type EndsAt, leastLength } from "./least-length.js";

const goal = { metric: "train.loss", atMost: 0.1 } as const;
/** Ends whose mean falls as 1/T: 0.1 at 400 steps. */
const lengths = [200, 283, 400, 566];
const meanAt = (steps: number): number => 40 / steps;

/** Runs of so many seeds: lognormal around the mean, with this spread of the logarithm. */
function studyOf(seeds: number, spread: number, rng: Rng): readonly EndsAt[] {
	return lengths.map((steps) => ({
		steps,
		values: Array.from({ length: seeds }, () => meanAt(steps) * Math.exp(spread * rng.normal() - spread ** 2 / 2)),
	}));
}

const measured = (seeds: number, spread: number, count: number) => {
	const rng = Rng.fromSeed(11);
	return Array.from({ length: count }, () => leastLength(goal, studyOf(seeds, spread, rng), rng.split("draws")).steps);
};

describe("the least length whose mean end meets the goal", () => {
	test("of ends without luck it is where they cross the goal", () => {
		const { estimate } = leastLength(goal, studyOf(3, 0, Rng.fromSeed(1)), Rng.fromSeed(2)).steps;
		expect(estimate).toBeCloseTo(400, 6);
	});

	test("few seeds with skewed ends don't make it shorter: without the correction it is 3 % here", () => {
		const ratios = measured(3, 0.6, 120).flatMap(({ estimate }) => (estimate === null ? [] : [Math.log(estimate / 400)]));
		const mean = ratios.reduce((sum, ratio) => sum + ratio / ratios.length, 0);
		expect(Math.abs(mean)).toBeLessThan(0.02);
	});

	test("its interval holds it in about as many studies as it claims, with seven seeds too", () => {
		const all = measured(7, 0.3, 80);
		const inside = all.filter(({ low, high }) => low !== null && high !== null && low <= 400 && 400 <= high);
		expect(inside.length / all.length).toBeGreaterThan(0.9);
		expect(inside.length / all.length).toBeLessThan(0.995);
	});

	test("it reaches as far down as up, in logarithms; where it is open upwards, it keeps its lower bound", () => {
		const both = measured(7, 0.3, 20).filter(({ low, high }) => low !== null && high !== null);
		expect(both.length).toBeGreaterThan(5);
		for (const { estimate, low, high } of both) expect(((low ?? 0) * (high ?? 0)) / (estimate ?? 1) ** 2).toBeCloseTo(1, 9);
		const open = measured(3, 1.2, 60).filter(({ estimate, high }) => estimate !== null && high === null);
		expect(open.length).toBeGreaterThan(0);
		for (const { estimate, low } of open) expect(low ?? Number.NaN).toBeLessThanOrEqual(estimate ?? 0);
	});

	test("of one seed there is no interval, and ends that don't get better with the length show none", () => {
		expect(measured(1, 0.1, 1)[0]).toMatchObject({ low: null, high: null });
		const level = lengths.map((steps) => ({ steps, values: [0.2 + steps / 1e6, 0.2 + steps / 1e6] }));
		expect(leastLength(goal, level, Rng.fromSeed(1)).steps.estimate).toBeNull();
	});

	test("where the shortest training meets the goal, that is the least length, and no length below it is ever one", () => {
		const accuracy = { metric: "validation.accuracy", atLeast: 0.89 } as const;
		const one = [{ steps: 600, values: [0.896, 0.897, 0.898, 0.895] }];
		const least = (ends: readonly EndsAt[]) => leastLength(accuracy, ends, Rng.fromSeed(1), 600).steps;
		expect(least(one)).toEqual({ estimate: 600, low: 600, high: 600 });
		const two = [...one, { steps: 1200, values: [0.91, 0.912, 0.911, 0.913] }];
		expect(least(two)).toEqual({ estimate: 600, low: 600, high: 600 });
		const nearly = [{ steps: 600, values: [0.885, 0.897, 0.893, 0.888] }, two[1]];
		const { estimate, low, high } = least(nearly);
		expect([estimate, low]).toEqual([600, 600]);
		expect(high).toBeGreaterThan(600);
	});

	test("of a single length that misses the goal, or is not the shortest, nothing is known", () => {
		const missed = [{ steps: 600, values: [0.2, 0.3] }];
		expect(leastLength(goal, missed, Rng.fromSeed(1), 600).steps.estimate).toBeNull();
		const met = [{ steps: 600, values: [0.02, 0.03] }];
		expect(leastLength(goal, met, Rng.fromSeed(1), 300).steps.estimate).toBeNull();
	});
});
