import { describe, expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, sortedTrials, trainClosedForm } from "../../test/fixtures/closed-form.js";
import { simulate } from "../../test/fixtures/simulate.js";
import { runWhole } from "../../test/fixtures/whole-study.js";
import { halfOctaveAbove } from "../core/rates.js";
import type { TrialResult, TrialSpec } from "../core/trial.js";
import { designOf } from "./designs.js";
import type { TrainableStudy } from "./study.js";

const curve: Curve = { minSteps: 60, critical: 20, bestAtOne: -8, noise: 0.3 };
const own = { command: ["python3", "train.py"], directory: "/", grace: 2 };
const studyOf = (changes: Partial<TrainableStudy> = {}) => closedFormStudy(256, { workload: own, ...changes });

/** What a script that ignores its seed returns, with ten looks at its way to where it ends. */
function ignoring(study: TrainableStudy, spec: TrialSpec): TrialResult {
	const result = trainClosedForm(study, curve, { ...spec, seed: 1 });
	const speed = spec.learningRate * spec.batchSize;
	const evaluations = Array.from({ length: 10 }, (_, i) => ({
		step: i + 1,
		examples: i + 1,
		metrics: { "validation.accuracy": 1 - Math.exp((-speed * (i + 1)) / 1e6) },
	}));
	return { ...result, evaluations: [...evaluations.filter(({ step }) => step < result.steps), ...result.evaluations] };
}

const seedsOf = (trials: readonly { readonly spec: TrialSpec }[], phase: string, batchSize: number) =>
	new Set(trials.flatMap(({ spec }) => (spec.phase === phase && spec.batchSize === batchSize ? [spec.seed] : [])));

describe("a script that ignores its seed", () => {
	test("has one run of each rate in a whole study, once the first pair has shown it, and no size has an interval", async () => {
		const study = studyOf();
		const { findings, trials } = await runWhole(study, (spec) => ignoring(study, spec));
		expect(seedsOf(trials, "tuning", 1).size).toBeLessThanOrEqual(2);
		for (const batchSize of study.batchSizes.slice(1)) expect(seedsOf(trials, "tuning", batchSize).size).toBe(1);
		for (const batchSize of study.batchSizes) expect(seedsOf(trials, "reporting", batchSize).size).toBe(1);
		expect(trials.filter(({ spec }) => spec.phase === "selecting")).toEqual([]);
		for (const row of findings.tradeoff) {
			expect(row.equalSeeds).toBe(true);
			expect(row.runs.length).toBe(1);
			expect(row.steps.median).not.toBeNull();
			expect([row.steps.low, row.steps.high]).toEqual([null, null]);
			expect(Math.abs(halfOctaveAbove(row.learningRate ?? 0) - bestRate(curve, row.batchSize))).toBeLessThanOrEqual(1);
		}
		expect(findings.recommendation.verdict).toBe("undecided");
		expect(findings.recommendation.next).toEqual([]);
	});

	test("is recognized in its reporting runs where nothing else shows it, and one of them is shown", async () => {
		const study = studyOf({ seeds: { tuning: 1, selecting: 1, reporting: 7 }, batchSizes: [8, 64] });
		const { findings } = await runWhole(study, (spec) => ignoring(study, spec));
		expect(findings.tradeoff.map(({ equalSeeds, runs }) => [equalSeeds, runs.length])).toEqual([
			[true, 1],
			[true, 1],
		]);
	});

	test("has no further seeds on the ladder, once a few have shown it, and a single reporting run; nothing is found", async () => {
		const study = studyOf({ budget: { trials: 100, seconds: null }, objective: "cheapest" });
		const { findings, trials } = await runWhole(study, (spec) => ignoring(study, spec));
		const further = trials.filter(({ spec }) => spec.phase === "ladder" && spec.seedIndex > 0);
		expect(further.length).toBeGreaterThan(0);
		expect(further.length).toBeLessThanOrEqual(4);
		expect(trials.filter(({ spec }) => spec.phase === "reporting").length).toBe(1);
		expect(findings.recommendation).toMatchObject({ verdict: "undecided", withinTolerance: null });
		expect(findings.recommendation.batchSize).not.toBeNull();
		expect(findings.tradeoff.filter(({ equalSeeds }) => equalSeeds).length).toBe(1);
	});

	test.each([null, 60])("is asked for the same trials in any order of finishing, after any crashes (budget %s)", (budget) => {
		const study = studyOf({ budget: { trials: budget, seconds: null } });
		const design = designOf(study);
		const run = (options: Parameters<typeof simulate>[3]) =>
			sortedTrials(simulate(design, { ...study }, curve, { ...options, train: (spec) => ignoring(study, spec) }));
		const inOrder = run({ slots: 1 });
		for (const order of [1, 2, 3, 4, 5, 6]) expect(run({ slots: order, order, killing: 0.2 })).toEqual(inOrder);
	});

	test("has no further runs at equal budgets", async () => {
		const study = studyOf({ batchSizes: [8, 64], comparisons: { epochs: 2, steps: 50, seconds: null } });
		const { trials } = await runWhole(study, (spec) => ignoring(study, spec));
		const compared = trials.filter(({ spec }) => spec.phase.startsWith("steps "));
		expect(compared.length).toBeGreaterThan(4);
		expect(new Set(compared.map(({ spec }) => spec.seedIndex))).toEqual(new Set([0]));
	});
});

test("one that uses its seed, and a network of ours, run every block as ever", async () => {
	const using = studyOf({ batchSizes: [8, 64] });
	const ours = closedFormStudy(256, { batchSizes: [8, 64] });
	const [script, network] = await Promise.all([using, ours].map((study) => runWhole(study, (spec) => trainClosedForm(study, curve, spec))));
	for (const batchSize of [8, 64]) expect(seedsOf(script.trials, "reporting", batchSize).size).toBe(7);
	expect(sortedTrials(script.trials)).toEqual(sortedTrials(network.trials));
	const { trials } = await runWhole(ours, (spec) => ignoring(ours, spec));
	for (const batchSize of [8, 64]) expect(seedsOf(trials, "reporting", batchSize).size).toBe(7);
});
