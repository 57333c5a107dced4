import { badnessOf, comparedValue, lookAtTheEnd } from "../../core/compared.js";
import type { ComparisonAnswer, ComparisonName } from "../../core/comparisons.js";
import { internal } from "../../core/errors.js";
import type { Goal } from "../../core/goal.js";
import { type HalfOctave, rateAt } from "../../core/rates.js";
import { type Setting, settingOf } from "../../core/setting.js";
import type { TrialResult } from "../../core/trial.js";
import { upperMiddle } from "../../core/upper-middle.js";
import type { Asked, RateReason } from "../reason.js";
import type { Rounds } from "../search/rounds.js";
import { seedOf } from "../search/seeds.js";
import { isAtEdge, searchSpace } from "../search/space.js";
import type { Study } from "../study.js";

/** One batch size under one budget, with the setting that the tradeoff found for it where settings are searched. */
export interface ComparedSize extends Setting {
	readonly comparison: ComparisonName;
	readonly batchSize: number;
	/** Steps that the budget buys. */
	readonly steps: number;
}

/**
 * Half octaves between a rate and its challengers: whole octaves first, since noise hides the slope between close rates, then half ones.
 */
const strides = [2, 1] as const;

/** From the best rate so far, upwards first. */
const sides = [
	[1, "neighbour above"],
	[-1, "neighbour below"],
] as const;

/** Half octaves by which a search moves down from rates at which runs diverge. */
const retreat = 4;

/**
 * The rate with the best compared metric at the end of the budget, and its reporting runs, every run trained to the budget's end.
 *
 * Descent on half octaves from `start` as in the tradeoff, only that runs can't end early: what counts is the value at the end. A rate is
 * measured by its median over the tuning seeds (of an even number the worse middle one) and ends when that can no longer beat the best so
 * far. If values are equal, the earlier rate stays. The winner then runs on fresh seeds, and only those runs are reported.
 */
export function* compare(study: Study, column: ComparedSize, start: HalfOctave): Rounds<ComparisonAnswer> {
	const best = yield* tuneToTheEnd(study, column, start);
	if (best === null) return { ...column, state: "diverged", learningRate: null, atEdge: false };
	yield runsOf(study, column, best, "reporting", 0, study.seeds.reporting, "reported");
	return { ...column, state: "done", learningRate: rateAt(best), atEdge: isAtEdge(best, searchSpace(study, column.batchSize)) };
}

/** The rate with the best compared metric at the end of the budget; null where most runs of every rate tried diverge. */
export function* tuneToTheEnd(study: Study, column: ComparedSize, start: HalfOctave): Rounds<HalfOctave | null> {
	const { lowest, highest } = searchSpace(study, column.batchSize);
	let best = { rate: Math.min(highest, Math.max(lowest, start)), value: Number.NEGATIVE_INFINITY };
	for (let why: RateReason = "start"; ; why = "lower start") {
		const value = yield* medianAbove(study, column, best.rate, Number.NEGATIVE_INFINITY, why);
		if (value !== null) {
			best = { rate: best.rate, value };
			break;
		}
		if (best.rate - retreat < lowest) return null;
		best = { rate: best.rate - retreat, value: Number.NEGATIVE_INFINITY };
	}
	const tried = new Set([best.rate]);
	for (const stride of strides) {
		for (let from: HalfOctave | null = null; from !== best.rate; ) {
			from = best.rate;
			for (const [direction, side] of sides) {
				for (let rate = best.rate + direction * stride; rate >= lowest && rate <= highest && !tried.has(rate); rate += direction * stride) {
					tried.add(rate);
					const value: number | null = yield* medianAbove(study, column, rate, best.value, side);
					if (value === null) break;
					best = { rate, value };
				}
			}
		}
	}
	return best.rate;
}

/** The median of a rate's tuning block if it is above `incumbent`, else null; with no more runs than needed to decide. */
function* medianAbove(study: Study, column: ComparedSize, rate: HalfOctave, incumbent: number, why: RateReason): Rounds<number | null> {
	const { tuning } = study.seeds;
	const majority = Math.floor(tuning / 2) + 1;
	const values: number[] = [];
	while (values.length < tuning) {
		const count = values.length === 0 ? majority : 1;
		const results = yield runsOf(study, column, rate, "tuning", values.length, values.length + count, why);
		values.push(...results.map((result) => finalValue(study.goal, column.steps, result)));
		const losing = values.filter((value) => value <= incumbent).length;
		if (losing > tuning - majority) return null;
	}
	const worse = upperMiddle(values.map((value) => -value));
	if (worse === undefined) throw internal("a block without seeds");
	return -worse;
}

/** The compared metric at the end of the budget, signed so that higher is better; −Infinity if the run didn't get there. */
function finalValue(goal: Goal, steps: number, result: TrialResult): number {
	const last = lookAtTheEnd(result, steps);
	const value = last && comparedValue(goal, last);
	return value === undefined ? Number.NEGATIVE_INFINITY : -badnessOf(goal, value);
}

/** Runs of one rate, with seed indices from `from` to below `to`. Reporting runs evaluate both sets, for the generalization gap. */
function runsOf(
	study: Study,
	{ comparison, batchSize, steps, ...setting }: ComparedSize,
	rate: HalfOctave,
	kind: "tuning" | "reporting",
	from: number,
	to: number,
	why: RateReason | "reported",
): Asked[] {
	const phase = `${comparison} ${kind}` as const;
	return Array.from({ length: to - from }, (_, i) => ({
		reason: { kind: "comparison", comparison, rate: why },
		spec: {
			phase,
			batchSize,
			learningRate: rateAt(rate),
			...settingOf(setting),
			seedIndex: from + i,
			seed: seedOf(study.seed, phase, from + i),
			cap: steps,
			until: "cap",
			curves: true,
			probe: false,
		},
	}));
}
