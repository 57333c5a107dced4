import { type BestGoal, type End, lossAgainst } from "../core/horizon.js";
import { studentTwoSided } from "./student.js";

/** What a larger batch loses compared with the best one, on the same fresh seeds, in the metric's own unit. */
export interface Loss {
	/** Mean over the pairs; negative where it ends better. Null where there are no pairs of ends. */
	readonly mean: number | null;
	/** One-sided 95 % bounds; null where fewer than two pairs ended. */
	readonly low: number | null;
	readonly high: number | null;
	/** "nothing": the upper bound is within what may be lost. "more": even the lower bound is beyond it, or a run diverged. */
	readonly verdict: "nothing" | "more" | "cannot tell";
}

/** Of one-sided bounds. */
const level = 0.05;

/**
 * Whether a batch loses no more than `goal.give`: by Student's t over pairs of runs of the same seed, since what a seed does to both
 * cancels. Pairs with a run that was cut off are ignored.
 */
export function lossOf(goal: BestGoal, best: readonly End[], larger: readonly End[]): Loss {
	const pairs = larger.flatMap((end, i) => (best[i] ? [[best[i], end] as const] : []));
	const losses = pairs.flatMap(([one, other]) =>
		one.kind === "value" && other.kind === "value" ? [lossAgainst(goal, other.value, one.value)] : [],
	);
	const mean = losses.length === 0 ? null : meanOf(losses);
	const isCutOff = pairs.some((pair) => pair.some(({ kind }) => kind === "cut off"));
	if (pairs.some(([one, other]) => one.kind === "value" && other.kind === "diverged"))
		return { mean, low: null, high: null, verdict: "more" };
	if (mean === null || losses.length < 2) return { mean, low: null, high: null, verdict: "cannot tell" };
	const half = Math.max(halfWidth(losses, 2 * level), leastHalfWidth(losses, pairs.flatMap(valuesOf)));
	const [low, high] = [mean - half, mean + half];
	const verdict = isCutOff ? "cannot tell" : high <= goal.give ? "nothing" : low > goal.give ? "more" : "cannot tell";
	return { mean, low, high, verdict };
}

const valuesOf = (pair: readonly End[]): readonly number[] => pair.flatMap((end) => (end.kind === "value" ? end.value : []));

/**
 * Losses that are equal show that the metric moves in steps, such as an accuracy of a few hundred examples, and not that nothing scatters: both
 * ends of a pair are rounded to that step, which alone scatters their difference by its square over 6. Zero where no losses are equal, or
 * all ends are.
 */
function leastHalfWidth(losses: readonly number[], ends: readonly number[]): number {
	const gapsOf = (values: readonly number[]) => {
		const sorted = [...values].sort((a, b) => a - b);
		return sorted.slice(1).map((value, i) => value - sorted[i]);
	};
	const isEqual = (gap: number) => gap <= equalWithin * Math.max(...ends.map(Math.abs));
	if (!gapsOf(losses).some(isEqual)) return 0;
	const gaps = gapsOf(ends).filter((gap) => !isEqual(gap));
	if (gaps.length === 0) return 0;
	return (Math.min(...gaps) / Math.sqrt(6 * losses.length)) * studentTwoSided(2 * level, losses.length - 1);
}

/** Of the largest end: rounding of the arithmetic. */
const equalWithin = 1e-9;

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Half the width of a two-sided interval for a mean, that misses it with probability `p`; at least two values. */
export function halfWidth(values: readonly number[], p: number): number {
	const mean = meanOf(values);
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	const error = Math.sqrt(squares / (values.length - 1) / values.length);
	return error === 0 ? 0 : error * studentTwoSided(p, values.length - 1);
}
