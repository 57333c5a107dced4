import { describe, expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import { blockMedian, rateFindings } from "./rate-findings.js";

const at = (
	learningRate: number,
	seedIndex: number,
	change: Parameters<typeof trial>[1],
	phase: "tuning" | "selecting" | "reporting" = "tuning",
) => trial({ phase, batchSize: 8, learningRate, seedIndex }, change);
const rules = { seeds: { tuning: 3, selecting: 4, reporting: 7 }, limitSteps: () => 1000, looksRatio: 1.05 };
const findings = (trials: Parameters<typeof rateFindings>[0]) => rateFindings(trials, 8, rules);

describe("rateFindings", () => {
	test("know the median of three once the third can't be shorter than both others", () => {
		const two = [at(1, 0, { crossed: [95, 100] }), at(1, 1, { crossed: [110, 116] })];
		expect(findings(two)[0]).toMatchObject({ medianSteps: null, runs: 2 });
		// The third needed only be known not to reach the goal by 110.
		expect(findings([...two, at(1, 2, { cap: 110 })])[0]).toEqual({
			phase: "tuning",
			learningRate: 1,
			medianSteps: 116,
			state: "measured",
			runs: 3,
			longest: 116,
		});
		expect(findings([...two, at(1, 2, { cap: 100 })])[0].medianSteps).toBeNull();
		expect(findings([...two, at(1, 2, { crossed: [95, 100] })])[0].medianSteps).toBe(100);
	});

	test("tell a rate that diverged from one that was dropped and one that had its whole limit", () => {
		const states = findings([
			at(4, 0, { outcome: "diverged", steps: 3, cap: 100 }),
			at(4, 1, { outcome: "diverged", steps: 5, cap: 100 }),
			at(2, 0, { crossed: [95, 100] }),
			at(2, 1, { outcome: "diverged", steps: 5, cap: 100 }),
			at(1, 0, { cap: 100 }),
			at(1, 1, { crossed: [95, 100] }),
			at(0.5, 0, { cap: 985 }), // the look after 985 is 1,034, beyond the limit
			at(0.5, 1, { outcome: "diverged", steps: 5, cap: 985 }),
			at(0.25, 0, { cap: 940 }),
		]);
		expect(states.map(({ learningRate, state }) => [learningRate, state])).toEqual([
			[0.25, "dropped"],
			[0.5, "missed"],
			[1, "dropped"],
			[2, "diverged"],
			[4, "diverged"],
		]);
	});

	test("go by phase, then by rate, and count the longest run of a seed", () => {
		const found = findings([
			at(1, 0, { crossed: [5, 6] }, "reporting"),
			at(1, 0, { cap: 160 }, "tuning"),
			at(1, 0, { cap: 40 }, "tuning"),
			at(0.5, 0, { cap: 40 }, "selecting"),
		]);
		expect(found.map(({ phase, learningRate, longest, runs }) => [phase, learningRate, longest, runs])).toEqual([
			["tuning", 1, 160, 1],
			["selecting", 0.5, 40, 1],
			["reporting", 1, 6, 1],
		]);
	});

	test("report a block's plain median: of four the mean of the middle two, none where half were censored", () => {
		const block = (...steps: (number | null)[]) =>
			findings(steps.map((step, i) => at(1, i, step === null ? { cap: 990 } : { crossed: [step - 1, step] }, "reporting")))[0].medianSteps;
		expect(block(10, 20, 30, null)).toBe(25);
		expect(block(10, 20, null, null)).toBeNull();
	});
});

describe("blockMedian", () => {
	test("of an even block is the upper middle one: most runs must reach the goal", () => {
		const runs = [10, 20, 30].map((step, i) => at(1, i, { crossed: [step - 1, step] }, "selecting"));
		expect(blockMedian([...runs, at(1, 3, { cap: 29 })], 4)).toBe(30);
		expect(blockMedian(runs.slice(0, 2), 4)).toBeNull();
	});

	test("needs no third run where two met the goal at one look: it could not be shorter", () => {
		const crossedAt = (...steps: number[]) => steps.map((step, i) => at(1, i, { crossed: [step - 1, step] }));
		expect(blockMedian(crossedAt(9, 9), 3)).toBe(9);
		expect(blockMedian(crossedAt(8, 9), 3)).toBeNull();
		expect(blockMedian(crossedAt(9, 9), 5)).toBeNull();
	});
});
