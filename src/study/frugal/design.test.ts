import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, sortedTrials, trainClosedForm } from "../../../test/fixtures/closed-form.js";
import { simulate as simulateDesign } from "../../../test/fixtures/simulate.js";
import { halfOctaveAbove } from "../../core/rates.js";
import { settingKey } from "../../core/setting.js";
import { type FinishedTrial, trialKey } from "../../core/trial.js";
import { designOf, tradeoffDesign } from "../designs.js";
import type { TrainableStudy } from "../study.js";
import { frugalDesign } from "./design.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.2 };
const curves = fc.record({
	minSteps: fc.integer({ min: 10, max: 200 }),
	critical: fc.integer({ min: 2, max: 300 }),
	bestAtOne: fc.integer({ min: -18, max: -2 }),
	noise: fc.constantFrom(0.02, 0.1, 0.3),
});
const budgeted = (trials: number | null, change: Partial<TrainableStudy> = {}) =>
	closedFormStudy(1000, { budget: { trials, seconds: trials === null ? 3600 : null }, ...change });
const simulate = (study: TrainableStudy, of = curve, options?: Parameters<typeof simulateDesign>[3]) =>
	simulateDesign(frugalDesign, study, of, options);
const answersOf = (study: TrainableStudy, trials: readonly FinishedTrial[], extensions: Parameters<typeof simulate>[2] = {}) =>
	frugalDesign.answers(study, trials, { extensions: extensions.extensions ?? [], calibration: null });

describe("the frugal design", () => {
	test("is that of budgets smaller than the whole design takes, and of time", () => {
		expect(designOf(budgeted(40))).toBe(frugalDesign);
		expect(designOf(budgeted(null))).toBe(frugalDesign);
		expect(designOf(budgeted(400))).toBe(tradeoffDesign);
		expect(designOf(closedFormStudy(1000))).toBe(tradeoffDesign);
		expect(designOf(budgeted(40, { comparisons: { epochs: 1, steps: 1, seconds: null } }))).toBe(tradeoffDesign);
	});

	test("asks for the same trials in any order of finishing, on any number of workers, after any crashes", () => {
		fc.assert(
			fc.property(curves, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 9 }), (drawn, order, slots) => {
				const inOrder = sortedTrials(simulate(budgeted(40), drawn, { slots: 1 }));
				expect(sortedTrials(simulate(budgeted(40), drawn, { slots, order, killing: 0.2 }))).toEqual(inOrder);
			}),
			{ numRuns: 25 },
		);
	});

	test.each([1, 12, 25, 40, 60])("keeps to a budget of %i trials, and goes on where a smaller one ended", (trials) => {
		const bought = simulate(budgeted(trials), curve, { slots: 1 });
		expect(bought.length).toBeLessThanOrEqual(trials);
		expect(bought.length).toBeGreaterThan(trials - 10); // a round that the rest can't pay for whole isn't begun
		const keys = new Set(sortedTrials(simulate(budgeted(100))).map(({ spec }) => JSON.stringify(spec)));
		for (const { spec } of bought) expect(keys).toContain(JSON.stringify(spec));
	});

	test.each([
		[0.25, 0.25],
		[0.25, 0.3],
		[0.001, 0.002],
		[2, 2],
	])("asks for no trial twice, however narrow the range of rates: %f to %f", (from, to) => {
		const study = budgeted(40);
		const narrow = { ...study, tune: { ...study.tune, learningRate: { from, to } } };
		const keys = simulate(narrow).map(({ spec }) => trialKey(spec));
		expect(keys.length).toBeGreaterThan(0);
		expect(new Set(keys).size).toBe(keys.length);
		const round = frugalDesign.next(narrow, []).map(({ spec }) => trialKey(spec));
		expect(new Set(round).size).toBe(round.length);
	});

	test("reports on seeds that neither tuned nor selected, three runs at least of every size it reports, seven of the best", () => {
		const trials = simulate(budgeted(100));
		const seeds = (phase: string) => new Set(trials.filter(({ spec }) => spec.phase === phase).map(({ spec }) => spec.seed));
		expect(seeds("tuning").size).toBe(1);
		for (const seed of [...seeds("tuning"), ...seeds("selecting")]) expect(seeds("reporting")).not.toContain(seed);
		const reached = answersOf(budgeted(100), trials).filter(({ state }) => state === "reached");
		expect(reached.length).toBeGreaterThanOrEqual(3);
		for (const { reportingRuns } of reached) expect(reportingRuns).toBeGreaterThanOrEqual(3);
		expect(Math.max(...reached.map(({ reportingRuns }) => reportingRuns))).toBeGreaterThanOrEqual(7);
	});

	test("tunes each size it tries to within an octave, and leaves the others alone", () => {
		fc.assert(
			fc.property(curves, (drawn) => {
				const study = budgeted(40);
				for (const { batchSize, state, learningRate } of answersOf(study, simulate(study, { ...drawn, noise: 0 }))) {
					if (state === "reached") expect(Math.abs(halfOctaveAbove(learningRate ?? 0) - bestRate(drawn, batchSize))).toBeLessThanOrEqual(2);
					else expect(state).toBe("not tried");
				}
			}),
			{ numRuns: 20 },
		);
	});

	test("ends of itself where it is sure", () => {
		const trials = simulate(budgeted(250), { ...curve, noise: 0.05 });
		expect(trials.length).toBeLessThan(100);
		expect(frugalDesign.next(budgeted(250), trials)).toEqual([]);
	});

	test("probes the noise along the runs that open the study and all that report", () => {
		const trials = simulate(budgeted(40));
		const opened = trials[0].spec.batchSize;
		expect(opened).toBe(32); // nearest to √1000
		for (const { spec } of trials)
			expect(spec.probe).toBe(spec.phase === "tuning" ? spec.batchSize === opened : spec.phase === "reporting");
	});
});

describe("granted when it is over", () => {
	const study = budgeted(40);
	const before = simulate(study);
	const untried = answersOf(study, before).flatMap(({ batchSize, state }) => (state === "not tried" ? [batchSize] : []));

	test("batch sizes that were left out are tuned and reported, one after the other, for no more trials than were granted; nothing else is run", () => {
		const extensions = untried.slice(0, 2).map((batchSize) => ({ batchSize, trials: 10 }));
		const after = simulate(study, curve, { extensions, before });
		expect(after.length).toBeLessThanOrEqual(before.length + 20);
		const further = after.slice(before.length).map(({ spec }) => spec.batchSize);
		expect(new Set(further)).toEqual(new Set(untried.slice(0, 2)));
		const states = new Map(answersOf(study, after, { extensions }).map(({ batchSize, ...rest }) => [batchSize, rest]));
		for (const { batchSize } of extensions) expect(states.get(batchSize)).toMatchObject({ state: "reached", reportingRuns: 3 });
		// A further grant for one of them is of reporting runs.
		const again = [...extensions, { batchSize: untried[0], trials: 4 }];
		const last = simulate(study, curve, { extensions: again, before: after });
		expect(last.slice(after.length).map(({ spec }) => [spec.phase, spec.batchSize])).toEqual(
			Array.from({ length: 4 }, () => ["reporting", untried[0]]),
		);
	});

	test("reporting runs are as many as were granted, though the design would have asked for the same ones next", () => {
		const [best] = answersOf(study, before).flatMap(({ batchSize, state }) => (state === "reached" ? [batchSize] : []));
		for (const trials of [2, 4, 8]) {
			const after = simulate(study, curve, { extensions: [{ batchSize: best, trials }], before });
			expect(after.length).toBe(before.length + trials);
		}
	});

	test("what the grant doesn't pay for whole isn't begun", () => {
		const after = simulate(study, curve, { extensions: [{ batchSize: untried[0], trials: 4 }], before });
		expect(after.length).toBeLessThanOrEqual(before.length + 4);
	});

	test("the same trials on any number of workers, after any crashes", () => {
		const extensions = untried.slice(0, 3).map((batchSize) => ({ batchSize, trials: 10 }));
		const inOrder = sortedTrials(simulate(study, curve, { extensions, before, slots: 1 }));
		for (const order of [1, 2, 3])
			expect(sortedTrials(simulate(study, curve, { extensions, before, slots: 5, killing: 0.2, order }))).toEqual(inOrder);
	});
});

describe("what doesn't go well", () => {
	test("a first size that never reaches the goal gives way to others", () => {
		const study = budgeted(60);
		const trials: FinishedTrial[] = [];
		for (let wanted = frugalDesign.next(study, trials); wanted.length > 0; wanted = frugalDesign.next(study, trials)) {
			const [{ spec }] = wanted;
			const result = trainClosedForm(study, curve, spec);
			trials.push({ spec, result: spec.batchSize === 32 ? { ...result, reached: null, outcome: "missed", steps: spec.cap } : result });
		}
		const states = new Map(answersOf(study, trials).map(({ batchSize, state }) => [batchSize, state]));
		expect(states.get(32)).toBe("not reached");
		expect([...states.values()]).toContain("reached");
	});

	test("a goal out of reach ends the study: where no size on the way out reaches it, those between don't either", () => {
		const study = budgeted(250);
		const trials = simulate(study, { ...curve, minSteps: 1e9 });
		expect(frugalDesign.next(study, trials)).toEqual([]);
		expect(answersOf(study, trials).every(({ state }) => state === "not reached")).toBe(true);
		const few = budgeted(20);
		const states = answersOf(few, simulate(few, { ...curve, minSteps: 1e9 })).map(({ state }) => state);
		expect(new Set(states)).toEqual(new Set(["not reached", "not tried"])); // the first size took all of it
	});

	test("a rate whose reporting runs miss the goal is replaced by a lower one", () => {
		const study = budgeted(40);
		let unlucky: number | null = null;
		const trials: FinishedTrial[] = [];
		for (let wanted = frugalDesign.next(study, trials); wanted.length > 0; wanted = frugalDesign.next(study, trials)) {
			const [{ spec }] = wanted;
			if (spec.phase === "reporting") unlucky ??= spec.learningRate;
			const result = trainClosedForm(study, curve, spec);
			const missed = spec.phase === "reporting" && spec.batchSize === 32 && spec.learningRate === unlucky;
			trials.push({ spec, result: missed ? { ...result, reached: null, outcome: "missed", steps: spec.cap } : result });
		}
		const answer = answersOf(study, trials).find(({ batchSize }) => batchSize === 32);
		expect(answer?.replaced).toEqual([unlucky]);
		expect(answer?.learningRate).toBe((unlucky ?? 0) / 2);
	});

	test("a study of one size is tuned and reported", () => {
		const study = budgeted(20, { batchSizes: [32] });
		expect(answersOf(study, simulate(study))).toMatchObject([{ batchSize: 32, state: "reached" }]);
	});
});

test("settings other than the rate are tried at the first size, and the best one goes on", () => {
	const effect: Curve["effect"] = ({ momentum }) => ({ slower: momentum === 0.9 ? 1 : 3, higher: momentum === 0.9 ? -4 : 0 });
	const study = budgeted(60, { tune: { learningRate: { from: 0.001, to: 10 }, momentum: [0, 0.9] } });
	const trials = simulate(study, { ...curve, effect });
	const reported = answersOf(study, trials).filter(({ state }) => state === "reached");
	expect(reported.length).toBeGreaterThan(1);
	for (const answer of reported) expect(settingKey(answer)).toBe("/momentum 0.9");
	for (const { spec } of trials) if (spec.batchSize !== 32) expect(spec.momentum).toBe(0.9);
});

describe("what is granted later", () => {
	test("trials go on as a larger budget would have", () => {
		const before = simulate(budgeted(25));
		const extensions = [{ batchSize: null, trials: 35 }];
		expect(sortedTrials(simulate(budgeted(25), curve, { extensions, before }))).toEqual(sortedTrials(simulate(budgeted(60))));
	});

	test("reporting runs at a size follow its block, and the answer rests on them once all are in", () => {
		const study = budgeted(40);
		const before = simulate(study);
		const reported = answersOf(study, before).find(({ state }) => state === "reached");
		const extensions = [{ batchSize: reported?.batchSize ?? 0, trials: 4 }];
		const all = simulate(study, curve, { extensions, before });
		const runs = [0, 2, 4].map((more) =>
			answersOf(study, all.slice(0, before.length + more), { extensions }).find(({ batchSize }) => batchSize === reported?.batchSize),
		);
		const block = reported?.reportingRuns ?? 0;
		expect(runs.map((answer) => answer?.reportingRuns)).toEqual([block, block, block + 4]);
		expect(all.length).toBe(before.length + 4);
		const granted = all.slice(before.length).map(({ spec }) => spec);
		expect(granted.every(({ phase }) => phase === "reporting")).toBe(true);
		expect(granted.map(({ seedIndex }) => seedIndex).sort((a, b) => a - b)).toEqual([0, 1, 2, 3].map((i) => block + i));
	});
});
