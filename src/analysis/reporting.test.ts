import { describe, expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import { longestOfEachSeed, reportedRuns, stepIntervals, trialsOf } from "./reporting.js";

const reporting = (seedIndex: number, change: Parameters<typeof trial>[1] = {}) =>
	trial({ phase: "reporting", batchSize: 8, learningRate: 0.5, seedIndex }, change);

describe("reportedRuns", () => {
	test("are those of the phase, size and rate, one a seed, with the looks and examples of their crossings", () => {
		const trials = [
			reporting(1, { crossed: [95, 100] }),
			reporting(0, { crossed: [110, 116], first: 112 }),
			reporting(2, { steps: 200 }),
			trial({ phase: "reporting", batchSize: 8, learningRate: 1, seedIndex: 0 }, { crossed: [1, 2] }),
			trial({ phase: "reporting", batchSize: 8, learningRate: 0.5, seedIndex: 0, momentum: 0 }, { crossed: [1, 2] }),
			trial({ phase: "reporting", batchSize: 4, learningRate: 0.5, seedIndex: 0 }, { crossed: [1, 2] }),
			trial({ phase: "tuning", batchSize: 8, learningRate: 0.5, seedIndex: 0 }, { crossed: [1, 2] }),
		];
		expect(reportedRuns(trials, { batchSize: 8, learningRate: 0.5 })).toEqual([
			{ seedIndex: 0, step: 116, after: 110, examples: 928, first: 112 },
			{ seedIndex: 1, step: 100, after: 95, examples: 800, first: 100 },
			{ seedIndex: 2, step: null, after: 200, examples: null, first: null },
		]);
	});
});

describe("stepIntervals", () => {
	test("go on for ever after a run without the goal, and leave out a run that never took a step", () => {
		const runs = reportedRuns(
			[reporting(0, { crossed: [95, 100] }), reporting(1, { steps: 200 }), reporting(2, { steps: 0, outcome: "failed" })],
			{ batchSize: 8, learningRate: 0.5 },
		);
		expect(stepIntervals(runs)).toEqual([
			{ seed: 0, after: 95, step: 100 },
			{ seed: 1, after: 200, step: Number.POSITIVE_INFINITY },
		]);
	});
});

test("longestOfEachSeed keeps the run with the largest cap, in order of seeds", () => {
	const trials = [reporting(1, { cap: 40 }), reporting(0, { cap: 10 }), reporting(0, { cap: 160 }), reporting(0, { cap: 40 })];
	expect(longestOfEachSeed(trials).map(({ spec }) => [spec.seedIndex, spec.cap])).toEqual([
		[0, 160],
		[1, 40],
	]);
});

test("trialsOf forgets what was cancelled", () => {
	expect(trialsOf([reporting(0, { outcome: "cancelled" }), reporting(1)], "reporting", 8)).toHaveLength(1);
});
