import { describe, expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import type { ColumnAnswer } from "../core/column.js";
import { Rng } from "../core/rng.js";
import type { FinishedTrial, Outcome } from "../core/trial.js";
import { analyse } from "./analyse.js";
import type { AnalysisInput } from "./analysis-input.js";

const batchSizes = [1, 4, 16, 64];
const answer = (batchSize: number, change: Partial<ColumnAnswer> = {}): ColumnAnswer => ({
	batchSize,
	state: "reached",
	learningRate: 0.5,
	steps: 100,
	atEdge: false,
	replaced: [],
	reportingRuns: 7,
	...change,
});

/** Seven reporting runs on S = 100 (1 + 16/B), within 3 % of it. */
const block = (batchSize: number): FinishedTrial[] =>
	Array.from({ length: 7 }, (_, seedIndex) => {
		const step = Math.round(100 * (1 + 16 / batchSize) * (1 + 0.01 * (seedIndex - 3)));
		return trial({ phase: "reporting", batchSize, learningRate: 0.5, seedIndex }, { crossed: [step - 1, step], first: step - 5 });
	});

const input = (change: Partial<AnalysisInput> = {}): AnalysisInput => ({
	batchSizes,
	examples: 64,
	answers: batchSizes.map((batchSize) => answer(batchSize)),
	trials: batchSizes.flatMap(block),
	calibration: { machine: "test", stepTimes: batchSizes.map((batchSize) => ({ batchSize, passes: [0.001, 0.0011, 0.0012] })) },
	tests: [],
	goal: { metric: "validation.accuracy", atLeast: 0.95 },
	stepsPerEpoch: (batchSize) => Math.ceil(64 / batchSize),
	looksRatio: 1.05,
	objective: "balanced",
	tolerance: 0.25,
	seeds: { tuning: 3, selecting: 4, reporting: 7 },
	limitSteps: () => 5000,
	rng: Rng.fromSeed(0),
	...change,
});

describe("analyse", () => {
	test("finds each size's steps, examples and seconds, and recommends", () => {
		const findings = analyse(input());
		expect(findings.tradeoff.map(({ batchSize, flavor, steps }) => [batchSize, flavor, steps.median])).toEqual([
			[1, "stochastic", 1700],
			[4, "mini-batch", 500],
			[16, "mini-batch", 200],
			[64, "batch", 125],
		]);
		const row = findings.tradeoff[2];
		expect(row.examples.median).toBe(3200);
		expect(row.firstSteps.median).toBe(195);
		expect(row.secondsPerStep.median).toBe(0.0011);
		expect(row.seconds.median).toBeCloseTo(0.22, 12);
		// The product is no surer than either factor.
		expect(Math.log((row.seconds.high ?? 0) / (row.seconds.low ?? 1))).toBeGreaterThan(
			Math.log((row.steps.high ?? 0) / (row.steps.low ?? 1)),
		);
		expect(row.goodput.estimate).toBeCloseTo((16 / 0.0011) * (row.efficiency.estimate ?? 0), 6);
		expect(row.runs).toHaveLength(7);
		expect(findings.recommendation).toBe(findings.recommendations.balanced);
		expect(findings.recommendation).toMatchObject({ verdict: "found", batchSize: 16 });
		expect(Math.abs((findings.fit.criticalBatchSize.estimate ?? 0) / 16 - 1)).toBeLessThan(0.05);
	});

	test("counts at each size the trials that ended by themselves, and says where all of them failed", () => {
		const ended = (batchSize: number, outcome: Outcome, seedIndex = 0) =>
			trial({ phase: "tuning", batchSize, learningRate: 0.5, seedIndex }, { outcome });
		const trials = [
			ended(1, "failed"),
			ended(1, "failed"),
			ended(4, "failed"),
			ended(4, "stopped"),
			ended(16, "stopped"),
			ended(16, "stopped"),
		];
		const { tradeoff, failure } = analyse(input({ answers: [], trials }));
		expect(tradeoff.map(({ stopped, allFailed }) => [stopped, allFailed])).toEqual([
			[undefined, true],
			[1, undefined],
			[2, undefined],
			[undefined, undefined],
		]);
		expect(failure).toBeNull();
	});

	test("is a function of its input: equal generators, equal findings", () => {
		expect(analyse(input())).toEqual(analyse(input()));
	});

	test("has findings before the first trial", () => {
		const findings = analyse(input({ answers: [], trials: [], calibration: null }));
		expect(findings.tradeoff.map(({ outcome, steps }) => [outcome, steps.median])).toEqual(batchSizes.map(() => ["open", null]));
		expect(findings.fit.verdict).toBe("too few sizes");
		expect(findings.recommendation).toMatchObject({ verdict: "undecided", batchSize: null });
		expect(findings.cost).toEqual({ trials: 0, examples: 0, search: 0, clairvoyant: 0, trainings: null, trainingSeconds: null });
		expect(findings.test).toBeNull();
	});

	test("shows no median of an open column, whose shortest runs come first, and finds nothing yet", () => {
		const answers = [...batchSizes.slice(0, 3).map((batchSize) => answer(batchSize)), answer(64, { state: "open" })];
		const trials = [...batchSizes.slice(0, 3).flatMap(block), ...block(64).slice(0, 2)];
		const findings = analyse(input({ answers, trials }));
		expect(findings.tradeoff[3]).toMatchObject({ outcome: "open", steps: { median: null }, examples: { median: null } });
		expect(findings.tradeoff[3].runs).toHaveLength(2);
		expect(findings.recommendation).toMatchObject({ verdict: "undecided", batchSize: 16, next: [{ batchSize: 64, runs: 7 }] });
	});

	test("was interrupted before the calibration: only the cheapest is known", () => {
		const { recommendations, tradeoff } = analyse(input({ calibration: null }));
		expect(recommendations.cheapest).toMatchObject({ verdict: "found", batchSize: 1 });
		expect(recommendations.balanced).toMatchObject({ verdict: "undecided", batchSize: null });
		expect(tradeoff[0]).toMatchObject({ seconds: { median: null }, secondsPerStep: { median: null }, goodput: { estimate: null } });
		expect(tradeoff[0].efficiency.estimate).not.toBeNull();
	});

	test("leaves sizes that missed the goal out of fit and choice", () => {
		const missed = answer(64, { state: "not reached", learningRate: null, steps: null });
		const findings = analyse(input({ answers: [...batchSizes.slice(0, 3).map((batchSize) => answer(batchSize)), missed] }));
		expect(findings.tradeoff[3]).toMatchObject({ outcome: "not reached", learningRate: null, steps: { median: null } });
		expect(findings.recommendation).toMatchObject({ verdict: "found", batchSize: 16 });
		const nothing = analyse(input({ answers: batchSizes.map((batchSize) => ({ ...missed, batchSize })) }));
		expect(nothing.recommendation).toMatchObject({ verdict: "not reached", batchSize: null });
	});

	test("gives the test set's median at the recommended size only", () => {
		const tests = [
			...[0.9, 0.92, 0.94].map((accuracy, seedIndex) => ({ batchSize: 16, seedIndex, loss: 1 - accuracy, accuracy })),
			{ batchSize: 4, seedIndex: 0, loss: 9, accuracy: 0 },
		];
		const { test: found } = analyse(input({ tests }));
		expect(found).toMatchObject({ batchSize: 16, accuracy: { median: 0.92 } });
		expect(found?.loss.median).toBeCloseTo(0.08, 12);
		expect(analyse(input({ tests: tests.slice(3) })).test).toBeNull();
	});

	test("finds the noise scale of each size with a probed run at the reported rate", () => {
		const probe = { step: 1, groupSize: 32, squaredNormSums: [64, 70], gram: [1.1, 1, 1, 1.2] }; // all 64 examples: exact
		const probed = trial({ phase: "reporting", batchSize: 4, learningRate: 0.5, seedIndex: 0 }, { crossed: [9, 10], probes: [probe] });
		const otherRate = trial({ phase: "reporting", batchSize: 16, learningRate: 2, seedIndex: 0 }, { crossed: [9, 10], probes: [probe] });
		const { noiseScales } = analyse(input({ trials: [probed, otherRate] }));
		// |G|² = 4.3/4, tr(Σ) = 64/63 · (134/64 − 4.3/4)
		expect(noiseScales.map(({ batchSize, mean }) => [batchSize, mean.estimate?.toFixed(9)])).toEqual([
			[4, (((64 / 63) * (134 / 64 - 1.075)) / 1.075).toFixed(9)],
		]);
	});
});
