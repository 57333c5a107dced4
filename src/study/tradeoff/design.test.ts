import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, sortedTrials, stepsOf, trainClosedForm } from "../../../test/fixtures/closed-form.js";
import { simulate as simulateDesign } from "../../../test/fixtures/simulate.js";
import { halfOctaveAbove, rateAt } from "../../core/rates.js";
import type { FinishedTrial } from "../../core/trial.js";
import { tradeoffDesign } from "../designs.js";
import { specsOf } from "../reason.js";
import { seedOf } from "../search/seeds.js";
import type { Study } from "../study.js";

const simulate = (study: Study, curve: Curve, options?: Parameters<typeof simulateDesign>[3]) =>
	simulateDesign(tradeoffDesign, study, curve, options);

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
/** Limits that let every drawn workload reach its goal. */
const patient = { epochs: 100, steps: 100_000, seconds: null };
const curves = fc.record({
	minSteps: fc.integer({ min: 10, max: 200 }),
	critical: fc.integer({ min: 2, max: 300 }),
	bestAtOne: fc.integer({ min: -18, max: -2 }),
	noise: fc.constantFrom(0.02, 0.1, 0.3),
});

describe("the tradeoff design", () => {
	test("asks for the same trials in any order of finishing, on any number of workers, after any crashes", () => {
		fc.assert(
			fc.property(curves, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 9 }), (drawn, order, slots) => {
				const study = closedFormStudy(100);
				const inOrder = sortedTrials(simulate(study, drawn, { slots: 1 }));
				expect(sortedTrials(simulate(study, drawn, { slots, order, killing: 0.2 }))).toEqual(inOrder);
			}),
			{ numRuns: 25 },
		);
	});

	test("finds the best rate where runs are free of noise, at every batch size", () => {
		fc.assert(
			fc.property(curves, (drawn) => {
				const study = closedFormStudy(300, { limits: patient });
				const quiet = { ...drawn, noise: 0 };
				for (const answer of tradeoffDesign.answers(study, simulate(study, quiet))) {
					expect(answer).toMatchObject({ state: "reached", atEdge: false, replaced: [] });
					// Of rates that reach the goal at the same look, the lowest is the best.
					const found = halfOctaveAbove(answer.learningRate ?? 0);
					const at = (k: number) => firstLook(study, quiet, answer.batchSize, k);
					expect(at(found)).toBe(at(bestRate(quiet, answer.batchSize)));
				}
			}),
			{ numRuns: 20 },
		);
	});

	test("stops no rate that could have won: the winner's median beats both neighbours' over the uncapped tuning block", () => {
		fc.assert(
			fc.property(curves, (drawn) => {
				const study = closedFormStudy(100, { limits: patient });
				const trials = simulate(study, drawn);
				for (const batchSize of study.batchSizes) {
					const tuning = trials.filter(({ spec }) => spec.phase === "tuning" && spec.batchSize === batchSize);
					const best = Math.min(...tuning.map(({ spec }) => blockMedian(study, drawn, batchSize, halfOctaveAbove(spec.learningRate))));
					const rates = [...new Set(tuning.map(({ spec }) => halfOctaveAbove(spec.learningRate)))];
					const winner = rates.filter((k) => blockMedian(study, drawn, batchSize, k) === best).sort((a, b) => a - b)[0];
					for (const neighbour of [winner - 1, winner + 1]) {
						expect(rates).toContain(neighbour);
						expect(blockMedian(study, drawn, batchSize, neighbour)).toBeGreaterThanOrEqual(best);
					}
				}
			}),
			{ numRuns: 20 },
		);
	});

	test("reports on seeds that neither tuned nor selected, and probes those that report", () => {
		const trials = simulate(closedFormStudy(100), curve);
		const seeds = (phase: string) => new Set(trials.filter(({ spec }) => spec.phase === phase).map(({ spec }) => spec.seed));
		expect([seeds("tuning").size, seeds("selecting").size, seeds("reporting").size]).toEqual([3, 4, 7]);
		expect(new Set([...seeds("tuning"), ...seeds("selecting"), ...seeds("reporting")]).size).toBe(14);
		for (const { spec } of trials) expect(spec.probe).toBe(spec.phase === "reporting");
	});

	test("costs at most three times what one who knows the best rates beforehand would have spent on tuning", () => {
		const study = closedFormStudy(1000);
		const trials = simulate(study, curve).filter(({ spec }) => spec.phase === "tuning");
		let clairvoyant = 0;
		for (const batchSize of study.batchSizes) {
			const reached = trials.filter(({ spec, result }) => spec.batchSize === batchSize && result.reached);
			const leastOf = (rate: number) => reached.filter(({ spec }) => spec.learningRate === rate).map(({ result }) => result.examples);
			const blocks = [...new Set(reached.map(({ spec }) => spec.learningRate))].map(leastOf).filter((block) => block.length >= 2);
			clairvoyant += Math.min(...blocks.map((block) => (block.reduce((a, b) => a + b) * 3) / block.length));
		}
		const spent = trials.reduce((sum, { result }) => sum + result.examples, 0);
		expect(spent / clairvoyant).toBeLessThan(3);
	});

	test("widens a range that cuts off the best rate by up to four octaves, and flags what still lies at the edge", () => {
		const narrow = closedFormStudy(4, { batchSizes: [4], tune: { learningRate: { from: rateAt(-20), to: rateAt(-14) } } });
		const at = (bestAtOne: number) => tradeoffDesign.answers(narrow, simulate(narrow, { ...curve, critical: 1, noise: 0, bestAtOne }))[0];
		expect(at(-10)).toMatchObject({ learningRate: rateAt(-10 + 1), atEdge: false });
		expect(at(4)).toMatchObject({ learningRate: rateAt(-14 + 8), atEdge: true });
	});

	test("says that a goal out of reach is not reached, at the cost of one run to the limit for each coarse rate and a few between", () => {
		const study = closedFormStudy(8, { batchSizes: [8] });
		const trials = simulate(study, { ...curve, minSteps: 1e6 });
		expect(tradeoffDesign.answers(study, trials)).toEqual([
			{ batchSize: 8, state: "not reached", learningRate: null, steps: null, atEdge: false, replaced: [], reportingRuns: 0 },
		]);
		const steps = trials.reduce((sum, { result }) => sum + result.steps, 0);
		expect(steps).toBeLessThan(((7 * 4) / 3 + 4) * 5000); // the shares of the limit sum to 4/3; two further strides of two rates
	});

	test("takes a trial that failed for one that missed, and a cancelled one for one that never was", () => {
		const study = closedFormStudy(1, { batchSizes: [1] });
		const [first] = specsOf(tradeoffDesign.next(study, []));
		const cancelled = { ...trainClosedForm(study, curve, first), outcome: "cancelled" as const, reached: null };
		expect(specsOf(tradeoffDesign.next(study, [{ spec: first, result: cancelled }]))).toContainEqual(first);
		expect(specsOf(tradeoffDesign.next(study, [{ spec: first, result: { ...cancelled, outcome: "failed" } }]))).not.toContainEqual(first);
	});
});

describe("extensions", () => {
	const study = closedFormStudy(100);
	const base = simulate(study, curve, { slots: 1 });
	const granted = fc.array(fc.record({ batchSize: fc.constantFrom(...study.batchSizes), trials: fc.integer({ min: 1, max: 12 }) }), {
		maxLength: 5,
	});

	test("buy the same trials in any order of finishing and whenever they are granted, and reporting runs only", () => {
		fc.assert(
			fc.property(granted, fc.integer({ min: 1, max: 1000 }), (extensions, order) => {
				const inOrder = simulate(study, curve, { slots: 1, extensions, before: base });
				const shuffled = { slots: 5, order, killing: 0.2, extensions };
				expect(sortedTrials(simulate(study, curve, shuffled))).toEqual(sortedTrials(inOrder));
				expect(sortedTrials(simulate(study, curve, { ...shuffled, before: base }))).toEqual(sortedTrials(inOrder));
				for (const { batchSize, reportingRuns } of tradeoffDesign.answers(study, inOrder, { extensions, calibration: null })) {
					const wanted = extensions.reduce((sum, grant) => (grant.batchSize === batchSize ? sum + grant.trials : sum), 7);
					const runs = inOrder.filter(({ spec }) => spec.phase === "reporting" && spec.batchSize === batchSize);
					expect(reportingRuns).toBe(wanted);
					expect(runs.map(({ spec }) => spec.seedIndex).sort((a, b) => a - b)).toEqual(Array.from({ length: wanted }, (_, i) => i));
				}
				const others = (trials: readonly FinishedTrial[]) => sortedTrials(trials.filter(({ spec }) => spec.phase !== "reporting"));
				expect(others(inOrder)).toEqual(others(base));
			}),
			{ numRuns: 5 },
		);
	});

	test("an answer rests on a grant once all its runs are in, and on those before meanwhile", () => {
		const extensions = [
			{ batchSize: 8, trials: 3 },
			{ batchSize: 8, trials: 2 },
		];
		const answerAfter = (trials: readonly FinishedTrial[]) =>
			tradeoffDesign.answers(study, trials, { extensions, calibration: null }).find(({ batchSize }) => batchSize === 8);
		const all = simulate(study, curve, { slots: 1, extensions, before: base });
		const runs = [0, 2, 3, 4, 5].map((more) => answerAfter(all.slice(0, base.length + more)));
		expect(runs.map((answer) => answer?.reportingRuns)).toEqual([7, 7, 10, 10, 12]);
		expect(runs.every((answer) => answer?.state === "reached")).toBe(true);
	});

	test("of which most miss the goal make the size not reached", () => {
		const extensions = [{ batchSize: 8, trials: 20 }];
		const all = simulate(study, curve, { slots: 1, extensions, before: base }).map(({ spec, result }) =>
			spec.batchSize === 8 && spec.phase === "reporting" && spec.seedIndex >= 7
				? { spec, result: { ...result, reached: null, outcome: "missed" as const } }
				: { spec, result },
		);
		const [before] = tradeoffDesign.answers(study, base).filter(({ batchSize }) => batchSize === 8);
		const [after] = tradeoffDesign.answers(study, all, { extensions, calibration: null }).filter(({ batchSize }) => batchSize === 8);
		expect(after).toMatchObject({ state: "not reached", learningRate: null, replaced: [before.learningRate] });
		expect(tradeoffDesign.next(study, all, { extensions, calibration: null })).toEqual([]);
	});

	test("raise a budget of trials: the same as a larger one to begin with", () => {
		const budget = (trials: number) => closedFormStudy(100, { budget: { trials, seconds: null } });
		const extensions = [{ batchSize: null, trials: 35 }];
		const before = simulate(budget(25), curve);
		expect(sortedTrials(simulate(budget(25), curve, { extensions, before }))).toEqual(sortedTrials(simulate(budget(60), curve)));
	});
});

describe("a budget of trials", () => {
	test.each([1, 10, 25, 60, 200])("of %i is kept, and buys the same trials in any order of finishing", (trials) => {
		const study = closedFormStudy(100, { budget: { trials, seconds: null } });
		const inOrder = simulate(study, curve, { slots: 1 });
		expect(inOrder.length).toBeLessThanOrEqual(trials);
		expect(inOrder.length).toBeGreaterThan(trials - 8); // a round that the rest can't pay for whole isn't begun
		expect(sortedTrials(simulate(study, curve, { slots: 5, order: 7, killing: 0.2 }))).toEqual(sortedTrials(inOrder));
	});
});

/** The look at which a run of the closed form meets the goal. */
const firstLook = (study: Study, drawn: Curve, batchSize: number, k: number): number => blockMedian(study, drawn, batchSize, k);

/** Median look over the uncapped tuning block. */
function blockMedian(study: Study, drawn: Curve, batchSize: number, k: number): number {
	const looks = [0, 1, 2].map((seedIndex) => {
		const seed = seedOf(study.seed, "tuning", seedIndex);
		const exact = stepsOf(drawn, { batchSize, learningRate: rateAt(k), seed });
		if (exact === Number.POSITIVE_INFINITY) return exact;
		const spec = {
			phase: "tuning",
			batchSize,
			learningRate: rateAt(k),
			seedIndex,
			seed,
			cap: 1e7,
			until: "goal",
			curves: false,
			probe: false,
		} as const;
		return trainClosedForm(study, drawn, spec).reached?.step ?? Number.POSITIVE_INFINITY;
	});
	return looks.sort((a, b) => a - b)[1];
}
