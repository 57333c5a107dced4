import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import type { ColumnAnswer } from "../../core/column.js";
import { halfOctaveAbove, rateAt } from "../../core/rates.js";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import { specsOf } from "../reason.js";
import { select } from "./select.js";

const study = closedFormStudy(64, { looks: { ratio: 1, examples: 1024 } });
const batchSize = 16;

/** A run that meets the goal after `at` steps (every step is a look), misses it by its cap, or (∞) diverges at its third step. */
function resultOf(at: number, { cap }: TrialSpec): TrialResult {
	const reached = at <= cap;
	const steps = Math.min(at === Number.POSITIVE_INFINITY ? 3 : at, cap);
	const examples = steps * batchSize;
	return {
		outcome: reached ? "reached" : at === Number.POSITIVE_INFINITY && cap > 3 ? "diverged" : "missed",
		steps,
		examples,
		first: reached ? { after: at - 1, step: at, examples } : null,
		reached: reached ? { after: at - 1, step: at, examples } : null,
		evaluations: [],
		probes: [],
		seconds: 0,
		message: null,
	};
}

/** Selects and reports where every run of a rate takes `stepsAt` steps; what came of it, and the trials that it took. */
function selectFrom(tuned: { readonly rate: number; readonly steps: number }, stepsAt: (rate: number) => number) {
	const specs: TrialSpec[] = [];
	const selection = select(study, batchSize, { ...tuned, setting: {} });
	let step = selection.next([]);
	while (!step.done) {
		specs.push(...specsOf(step.value));
		step = selection.next(step.value.map(({ spec }) => resultOf(stepsAt(halfOctaveAbove(spec.learningRate)), spec)));
	}
	const answer: ColumnAnswer = step.value;
	return { answer, selecting: specs.filter(({ phase }) => phase === "selecting"), specs };
}

/**
 * A valley with its bottom at half octave −10 and a cliff two above it: 40 steps at the bottom, √2 times as many for every half octave
 * below.
 */
const valley = (rate: number): number => (rate > -8 ? Number.POSITIVE_INFINITY : Math.ceil(40 * Math.SQRT2 ** Math.abs(rate + 10)));

describe("select", () => {
	test("reports the best of the tuned rate and its neighbours on fresh seeds", () => {
		const { answer, selecting } = selectFrom({ rate: -9, steps: 57 }, valley);
		expect(answer).toMatchObject({ state: "reached", learningRate: rateAt(-10), steps: 40, replaced: [] });
		expect(new Set(selecting.map(({ learningRate }) => halfOctaveAbove(learningRate)))).toEqual(new Set([-9, -10, -8]));
	});

	test("goes down from a tuned rate that only luck let reach the goal, as far as the valley's bottom, and reports no rate beyond the cliff", () => {
		const { answer, specs } = selectFrom({ rate: -5, steps: 20 }, valley);
		expect(answer).toMatchObject({ state: "reached", learningRate: rateAt(-10), steps: 40, replaced: [] });
		const reported = specs.filter(({ phase }) => phase === "reporting");
		expect(new Set(reported.map(({ learningRate }) => learningRate))).toEqual(new Set([rateAt(-10)]));
	});

	test("gives a rate further down longer, as it needs longer, but none more than the limit", () => {
		// On the tuning seeds 8 steps; in fact four octaves lower, and 40 there: the caps 32, 45, 64 … let it through.
		const { answer, selecting } = selectFrom({ rate: -3, steps: 8 }, valley);
		expect(answer).toMatchObject({ state: "reached", learningRate: rateAt(-10), replaced: [] });
		for (const { cap } of selecting) expect(cap).toBeLessThanOrEqual(5000);
	});

	test("stops four octaves down, and reports from the tuned rate on as it would have", () => {
		const { answer, selecting } = selectFrom({ rate: -5, steps: 20 }, () => Number.POSITIVE_INFINITY);
		expect(answer).toEqual({
			batchSize,
			state: "not reached",
			learningRate: null,
			steps: null,
			atEdge: false,
			replaced: [-5, -6, -4].map(rateAt),
			reportingRuns: 0,
		});
		expect(Math.min(...selecting.map(({ learningRate }) => halfOctaveAbove(learningRate)))).toBe(-13);
	});

	test("a workload that is merely slow on fresh seeds keeps its tuned rate", () => {
		// Five times as long as tuned: beyond the patience of 4 for the tuned rate, and √2 more for every half octave below.
		const slow = (rate: number) => 5 * valley(rate);
		const { answer } = selectFrom({ rate: -10, steps: 40 }, slow);
		expect(answer).toMatchObject({ state: "reached", learningRate: rateAt(-10), steps: 200, replaced: [] });
	});
});
