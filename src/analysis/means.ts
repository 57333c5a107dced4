import { type Estimate, noEstimate } from "./findings.js";
import { studentTwoSided } from "./student.js";

/**
 * The mean of independent draws with its two-sided Student interval, x̄ ± t·s/√n. `comparisons`: how many such intervals stand side by side
 * as a family; each then has the level 1 − 0.05/m, so that all m hold at once in 95 % of repetitions (Bonferroni). One draw has no
 * interval, and without draws everything is null; so it is if a draw isn't finite (a diverged run).
 *
 * For a paired comparison, pass the differences.
 */
export function meanInterval(draws: readonly number[], comparisons = 1): Estimate {
	const n = draws.length;
	if (n === 0 || !draws.every(Number.isFinite)) return noEstimate;
	if (n > 1 && isConstant(draws)) return { estimate: draws[0], low: draws[0], high: draws[0] };
	const mean = draws.reduce((sum, x) => sum + x, 0) / n;
	if (n === 1) return { estimate: mean, low: null, high: null };
	const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
	const reach = studentTwoSided(0.05 / comparisons, n - 1) * Math.sqrt(variance / n);
	return { estimate: mean, low: mean - reach, high: mean + reach };
}

/** What a mean can be at all. */
export interface Bounds {
	readonly from: number;
	readonly to: number;
}

/** Accuracies, errors, parts of a whole. */
export const shares: Bounds = { from: 0, to: 1 };
/** Standard deviations, heights above a minimum. */
export const notNegative: Bounds = { from: 0, to: Number.POSITIVE_INFINITY };

/**
 * The same of draws that lie within bounds, as their mean then does: what of the interval lies beyond them is cut off, which loses nothing
 * of its coverage.
 */
export const boundedMean = (draws: readonly number[], bounds: Bounds, comparisons = 1): Estimate =>
	bounded(meanInterval(draws, comparisons), bounds);

/** An estimate within bounds, with what of its interval lies beyond them cut off. */
export function bounded({ estimate, low, high }: Estimate, { from, to }: Bounds): Estimate {
	return { estimate, low: low === null ? null : Math.max(low, from), high: high === null ? null : Math.min(high, to) };
}

/** Equal draws have their value as the mean, and an interval of width 0, without rounding errors. */
const isConstant = (draws: readonly number[]): boolean => draws.every((draw) => draw === draws[0]);

/**
 * The geometric mean of positive draws with its interval: the mean of their logarithms, transformed back. For norms, distances, steps and
 * their ratios.
 */
export function geometricMeanInterval(draws: readonly number[], comparisons = 1): Estimate {
	if (draws.length > 1 && draws[0] > 0 && isConstant(draws)) return meanInterval(draws, comparisons);
	const { estimate, low, high } = meanInterval(draws.map(Math.log), comparisons);
	const back = (x: number | null) => (x === null ? null : Math.exp(x));
	return { estimate: back(estimate), low: back(low), high: back(high) };
}

/** Differences of draws that share their place (a seed): the first minus the second. */
export const paired = (first: readonly number[], second: readonly number[]): readonly number[] => first.map((x, i) => x - second[i]);
