import { describe, expect, test } from "vitest";
import type { ComparisonAnswer } from "../core/comparisons.js";
import { Rng } from "../core/rng.js";
import type { FinishedTrial } from "../core/trial.js";
import { type ComparisonsInput, comparisonFindings } from "./comparisons.js";

const steps = 100;
const answer = (batchSize: number, change: Partial<ComparisonAnswer> = {}): ComparisonAnswer => ({
	comparison: "steps",
	batchSize,
	steps,
	state: "done",
	learningRate: 0.5,
	atEdge: false,
	...change,
});

/** A reporting run with a held-out accuracy halfway and at the end; null: it diverged halfway. */
const run = (batchSize: number, seedIndex: number, halfway: number, end: number | null): FinishedTrial => ({
	spec: {
		phase: "steps reporting",
		batchSize,
		learningRate: 0.5,
		seedIndex,
		seed: seedIndex,
		cap: steps,
		until: "cap",
		curves: true,
		probe: false,
	},
	result: {
		outcome: end === null ? "diverged" : "missed",
		steps: end === null ? 60 : steps,
		examples: 0,
		first: null,
		reached: null,
		evaluations: [look(50, halfway), ...(end === null ? [] : [look(steps, end)])],
		probes: [],
		seconds: 0,
		message: null,
	},
});
const look = (step: number, accuracy: number) => ({
	step,
	examples: 0,
	metrics: {
		"validation.accuracy": accuracy,
		"train.accuracy": accuracy + 0.02,
		"validation.loss": 1 - accuracy,
		"train.loss": 0.9 - accuracy,
	},
});
const block = (batchSize: number, ends: readonly (number | null)[], halfway = 0.5) =>
	ends.map((end, seedIndex) => run(batchSize, seedIndex, halfway, end));

const good = [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96];
const input = (change: Partial<ComparisonsInput> = {}): ComparisonsInput => ({
	answers: [answer(1), answer(4), answer(16)],
	trials: [
		...block(
			1,
			good.map((value) => value - 0.3),
		),
		...block(4, good),
		...block(16, [...good].reverse(), 0.99),
	],
	goal: { metric: "validation.accuracy", atLeast: 0.9 },
	amounts: { epochs: 10, steps, seconds: null },
	reportingSeeds: 7,
	rng: Rng.fromSeed(0),
	...change,
});
const rowsOf = (change: Partial<ComparisonsInput> = {}) => comparisonFindings(input(change))[1].rows;

describe("comparisonFindings", () => {
	test("the median at the end with its interval, the best look next to it, and the gap", () => {
		const [, middle, last] = rowsOf();
		expect(middle).toMatchObject({ batchSize: 4, steps, learningRate: 0.5, outcome: "measured", runs: 7 });
		expect(middle.value.median).toBeCloseTo(0.93, 12);
		expect(middle.value.low).toBeGreaterThan(0.899);
		expect(middle.value.low).toBeLessThan(0.92);
		expect(middle.value.high).toBeGreaterThan(0.94);
		expect(middle.value.high).toBeLessThan(0.961);
		expect(middle.bestSeen.median).toBeCloseTo(0.93, 12);
		expect(last.bestSeen.median).toBeCloseTo(0.99, 12);
		expect(middle.gap.median).toBeCloseTo(0.02, 12);
	});

	test("which size is best, which can't be told apart from it, which is worse", () => {
		expect(rowsOf().map(({ standing }) => standing)).toEqual(["worse", "best", "even"]);
	});

	test("a loss is best where it is least", () => {
		const rows = rowsOf({ goal: { metric: "validation.loss", atMost: 0.1 } });
		expect(rows.map(({ standing }) => standing)).toEqual(["worse", "best", "even"]);
		expect(rows[1].value.median).toBeCloseTo(0.07, 12);
		expect(rows[1].gap.median).toBeCloseTo(-0.1, 12);
	});

	test("runs that diverge count as the worst, and where most do there is no value", () => {
		const few = rowsOf({
			trials: [...block(1, good), ...block(4, [...good.slice(0, 5), null, null]), ...block(16, [0.9, 0.91, 0.92, null, null, null, null])],
		});
		expect(few.map(({ value }) => value.median && Number(value.median.toFixed(6)))).toEqual([0.93, 0.91, null]);
		expect(few[1].value.low).toBeNull();
		expect(few[2]).toMatchObject({ standing: null, outcome: "measured" });
	});

	test("sizes that are open or diverged have no value, and no study has findings it didn't ask for", () => {
		const answers = [answer(1, { state: "open", learningRate: null }), answer(4), answer(16, { state: "diverged", learningRate: null })];
		expect(rowsOf({ answers }).map(({ outcome, value, standing }) => [outcome, value.median === null, standing])).toEqual([
			["open", true, null],
			["measured", false, "best"],
			["diverged", true, null],
		]);
		expect(comparisonFindings(input({ answers: [] }))).toEqual([]);
	});

	test("a metric of one's own is compared as its goal says, of either sign, without a gap", () => {
		/** Returns below zero: the better the accuracy, the higher. */
		const trials = input().trials.map((trial) => {
			const evaluations = trial.result.evaluations.map((seen) => {
				const { "validation.accuracy": accuracy = 0 } = seen.metrics;
				return { ...seen, metrics: { return: accuracy - 3, lag: 3 - accuracy } };
			});
			return { ...trial, result: { ...trial.result, evaluations } };
		});
		for (const [goal, median, sign] of [
			[{ metric: "return", atLeast: -2.1 }, -2.07, 1],
			[{ metric: "lag", atMost: 2.1 }, 2.07, -1],
		] as const) {
			const rows = rowsOf({ goal, trials });
			expect(rows.map(({ standing }) => standing)).toEqual(["worse", "best", "even"]);
			expect(rows[1].value.median).toBeCloseTo(median, 12);
			expect(rows[1].value.low).toBeLessThan(rows[1].value.high ?? Number.NaN);
			expect(rows[2].bestSeen.median).toBeCloseTo(sign * -2.01, 12);
			expect(rows[1].gap.median).toBeNull();
			expect(comparisonFindings(input({ goal, trials }))[1].metric).toBe(goal.metric);
		}
	});

	test("a script's last report counts, where its next one would have come too late", () => {
		const lastAt = (step: number) =>
			rowsOf({
				trials: input().trials.map((trial) => ({
					...trial,
					result: {
						...trial.result,
						steps: step,
						evaluations: trial.result.evaluations.map((seen) => (seen.step === steps ? { ...seen, step } : seen)),
					},
				})),
			});
		expect(lastAt(93)).toEqual(rowsOf());
		expect(lastAt(steps / 2).map(({ value }) => value.median)).toEqual([null, null, null]);
	});
});
