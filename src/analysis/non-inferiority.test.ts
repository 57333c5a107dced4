import { describe, expect, test } from "vitest";
import type { BestGoal, End } from "../core/horizon.js";
import { Rng } from "../core/rng.js";
import { lossOf } from "./non-inferiority.js";

const goal: BestGoal = { metric: "validation.loss", best: "lowest", horizon: { epochs: 3 }, give: 0.01 };
const ends = (...values: readonly number[]): readonly End[] => values.map((value) => ({ kind: "value", value }));

describe("what a larger batch loses", () => {
	test("pairs cancel what a seed does to both: the bound is Student's t over the differences, one-sided", () => {
		const { mean, low, high, verdict } = lossOf(goal, ends(0.2, 0.5, 0.8), ends(0.201, 0.502, 0.803));
		expect(mean).toBeCloseTo(0.002, 12);
		// t(0.95, 2) = 2.92, standard error 0.001/√3.
		expect(high).toBeCloseTo(0.002 + (2.919986 * 0.001) / Math.sqrt(3), 8);
		expect(low).toBeCloseTo(0.002 - (2.919986 * 0.001) / Math.sqrt(3), 8);
		expect(verdict).toBe("nothing");
	});

	test("more only where the lower bound is beyond what may be lost; else cannot tell", () => {
		expect(lossOf(goal, ends(0.2, 0.2, 0.2), ends(0.221, 0.222, 0.223)).verdict).toBe("more");
		expect(lossOf(goal, ends(0.2, 0.2, 0.2), ends(0.19, 0.21, 0.23)).verdict).toBe("cannot tell");
		expect(lossOf(goal, ends(0.2), ends(0.2)).verdict).toBe("cannot tell");
		expect(lossOf({ ...goal, best: "highest" }, ends(0.9, 0.9), ends(0.91, 0.911)).verdict).toBe("nothing");
	});

	test("equal losses of a metric that moves in steps are no certainty: a step is the least that counts as scatter", () => {
		const step = 1 / 360;
		const [best, larger] = [ends(0.97, 0.97 - step), ends(0.97 - 3 * step, 0.97 - 4 * step)];
		const accuracy: BestGoal = { ...goal, best: "highest", give: 0.005 };
		const { mean, low, high, verdict } = lossOf(accuracy, best, larger);
		expect(mean).toBeCloseTo(3 * step, 12);
		// t(0.95, 1) = 6.314, standard deviation step/√6.
		expect(high).toBeCloseTo((3 + 6.3138 / Math.sqrt(12)) * step, 6);
		expect(low).toBeLessThan(accuracy.give);
		expect(verdict).toBe("cannot tell");
		expect(lossOf(accuracy, ends(1, 1), ends(1, 1))).toMatchObject({ low: 0, high: 0, verdict: "nothing" });
	});

	test("a run that diverges loses more; one that was cut off shows nothing", () => {
		const [two, diverged, cutOff] = [ends(0.2, 0.21), { kind: "diverged" } as const, { kind: "cut off" } as const];
		expect(lossOf(goal, ends(0.2, 0.21, 0.22), [...two, diverged]).verdict).toBe("more");
		expect(lossOf(goal, ends(0.2, 0.21, 0.22), [...two, cutOff]).verdict).toBe("cannot tell");
	});

	test("a batch that loses just more than may be lost is passed in about 5 % of studies, and no more", () => {
		const rng = Rng.fromSeed(5);
		let passed = 0;
		const studies = 4000;
		for (let i = 0; i < studies; i++) {
			const one = Array.from({ length: 3 }, () => rng.normal());
			const other = one.map((value) => value + goal.give + 0.004 * rng.normal());
			if (lossOf(goal, ends(...one), ends(...other)).verdict === "nothing") passed++;
		}
		expect(passed / studies).toBeGreaterThan(0.04);
		expect(passed / studies).toBeLessThan(0.06);
	});
});
