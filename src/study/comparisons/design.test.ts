import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, sortedTrials, trainClosedForm } from "../../../test/fixtures/closed-form.js";
import { simulate as simulateBy } from "../../../test/fixtures/simulate.js";
import type { Calibration } from "../../core/calibration.js";
import { rateAt } from "../../core/rates.js";
import { comparisonOfPhase, type FinishedTrial } from "../../core/trial.js";
import type { Given } from "../contracts.js";
import { tradeoffDesign } from "../designs.js";
import type { Study } from "../study.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
const plain = closedFormStudy(60);
/** The middle size of 1, 2, 4, …, 32, 60 is 8: 20 epochs are 160 steps there. */
const comparisons = { epochs: 20, steps: 160, seconds: null };
const study: Study = { ...plain, comparisons };
const calibration: Calibration = {
	machine: "",
	stepTimes: study.batchSizes.map((batchSize) => ({ batchSize, passes: [0.9, 1, 1.1].map((drift) => drift * 1e-5 * (4 + batchSize)) })),
};
const given = { extensions: [], calibration };

const simulate = (of: Study, drawn: Curve, options: Parameters<typeof simulateBy>[3] = {}): readonly FinishedTrial[] =>
	simulateBy(tradeoffDesign, of, drawn, { slots: 1, calibration, ...options });

describe("comparisons at equal budgets", () => {
	const all = simulate(study, curve);

	test("asked with other extensions or another calibration, the design answers as if asked for the first time", () => {
		const slower = {
			...calibration,
			stepTimes: calibration.stepTimes.map((time) => ({ ...time, passes: time.passes.map((pass) => pass * 3 + 1e-5) })),
		};
		const granted = [{ batchSize: 8, trials: 4 }];
		const ask = (of: Study, trials: readonly FinishedTrial[], what: Given) => ({
			next: tradeoffDesign.next(of, trials, what),
			answers: tradeoffDesign.answers(of, trials, what),
			comparisonAnswers: tradeoffDesign.comparisonAnswers(of, trials, what),
		});
		for (const trials of [all.slice(0, -40), all])
			for (const what of [
				given,
				{ extensions: granted, calibration },
				{ extensions: granted, calibration: slower },
				{ extensions: [], calibration: null },
				given,
			])
				expect(ask(study, trials, what)).toEqual(ask({ ...study }, trials, what));
		expect(tradeoffDesign.next(study, all, { extensions: granted, calibration })).toHaveLength(4);
	});
	const compared = all.filter(({ spec }) => comparisonOfPhase(spec.phase) !== null);

	test("change nothing of the tradeoff", () => {
		const tradeoff = all.filter(({ spec }) => comparisonOfPhase(spec.phase) === null);
		expect(sortedTrials(tradeoff)).toEqual(sortedTrials(simulate(plain, curve)));
		expect(tradeoffDesign.answers(study, all, given)).toEqual(tradeoffDesign.answers(plain, all, given));
		expect(tradeoffDesign.comparisonAnswers(plain, all, given)).toEqual([]);
	});

	test("give every size as many epochs, as many steps, as many seconds; the three agree at the middle size", () => {
		const stepsOf = (comparison: string) =>
			tradeoffDesign
				.comparisonAnswers(study, all, given)
				.flatMap((answer) => (answer.comparison === comparison ? [[answer.batchSize, answer.steps]] : []));
		expect(stepsOf("epochs")).toEqual([
			[1, 1200],
			[2, 600],
			[4, 300],
			[8, 160],
			[16, 80],
			[32, 40],
			[60, 20],
		]);
		expect(stepsOf("steps").every(([, steps]) => steps === 160)).toBe(true);
		// 160 steps of 12 units of time: 1,920/(4 + B), rounded.
		expect(stepsOf("seconds").map(([, steps]) => steps)).toEqual([384, 320, 240, 160, 96, 53, 30]);
		expect(compared.every(({ spec }) => spec.until === "cap")).toBe(true);
	});

	test("report seven runs of one rate for each, on seeds of their own", () => {
		for (const answer of tradeoffDesign.comparisonAnswers(study, all, given)) {
			expect(answer.state).toBe("done");
			const own = compared.filter(({ spec }) => spec.batchSize === answer.batchSize && comparisonOfPhase(spec.phase) === answer.comparison);
			const reported = own.filter(({ spec }) => spec.phase === `${answer.comparison} reporting`);
			expect(reported.map(({ spec }) => spec.seedIndex).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
			expect(new Set(reported.map(({ spec }) => spec.learningRate))).toEqual(new Set([answer.learningRate]));
			const tuned = new Set(own.filter(({ spec }) => spec.phase === `${answer.comparison} tuning`).map(({ spec }) => spec.seed));
			expect(reported.some(({ spec }) => tuned.has(spec.seed))).toBe(false);
		}
	});

	test("find the best rate where runs are free of noise", () => {
		const quiet = { ...curve, noise: 0 };
		for (const { batchSize, learningRate } of tradeoffDesign.comparisonAnswers(study, simulate(study, quiet), given)) {
			expect(learningRate).toBe(rateAt(bestRate(quiet, batchSize)));
		}
	});

	test("ask for the same trials in any order of finishing, after any crashes", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2, max: 9 }), (order, slots) => {
				expect(sortedTrials(simulate(study, curve, { slots, order, killing: 0.2 }))).toEqual(sortedTrials(all));
			}),
			{ numRuns: 3 },
		);
	});

	test("drop a rate that most of its runs can no longer make better, and come down from rates that diverge", () => {
		const [only] = simulate(study, curve).filter(({ spec }) => spec.phase === "steps tuning" && spec.batchSize === 8);
		const runs = (learningRate: number) =>
			all.filter(({ spec }) => spec.phase === "steps tuning" && spec.batchSize === 8 && spec.learningRate === learningRate).length;
		expect(only).toBeDefined();
		const rates = [
			...new Set(compared.filter(({ spec }) => spec.phase === "steps tuning" && spec.batchSize === 8).map(({ spec }) => spec.learningRate)),
		];
		const { learningRate } =
			tradeoffDesign.comparisonAnswers(study, all, given).find((a) => a.comparison === "steps" && a.batchSize === 8) ?? {};
		for (const rate of rates) expect(runs(rate)).toBeGreaterThanOrEqual(rate === learningRate ? 3 : 2);
		expect(rates.some((rate) => runs(rate) === 2)).toBe(true);
		// A workload whose every rate diverges in this comparison.
		const diverging = (trials: readonly FinishedTrial[]) =>
			trials.map(({ spec, result }) =>
				comparisonOfPhase(spec.phase) === null
					? { spec, result }
					: { spec, result: { ...result, outcome: "diverged" as const, evaluations: [] } },
			);
		let trials = all.filter(({ spec }) => comparisonOfPhase(spec.phase) === null);
		for (let wanted = tradeoffDesign.next(study, trials, given); wanted.length > 0; wanted = tradeoffDesign.next(study, trials, given)) {
			trials = [...trials, ...diverging(wanted.map(({ spec }) => ({ spec, result: trainClosedForm(study, curve, spec) })))];
		}
		expect(
			tradeoffDesign
				.comparisonAnswers(study, trials, given)
				.every(({ state, learningRate: rate }) => state === "diverged" && rate === null),
		).toBe(true);
	});

	test("wait for the calibration with equal seconds, and are paid from the study's budget of trials", () => {
		const uncalibrated = { ...given, calibration: null };
		expect(new Set(tradeoffDesign.comparisonAnswers(study, all, uncalibrated).map(({ comparison }) => comparison))).toEqual(
			new Set(["epochs", "steps"]),
		);
		const tradeoff = all.length - compared.length;
		const budgeted = simulate({ ...study, budget: { trials: tradeoff + 100, seconds: null } }, curve);
		expect(budgeted.length).toBeLessThanOrEqual(tradeoff + 100);
		expect(budgeted.length).toBeGreaterThan(tradeoff + 80);
	});
});
