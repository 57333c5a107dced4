import { maximise } from "./maximise.js";
import { type StepInterval, sizeLikelihood } from "./size-likelihood.js";

/** How single runs of one batch size scatter, in natural log of steps. */
export interface Spread {
	readonly sd: number;
	/** Lower bound of the sd, due to the spacing of looks. */
	readonly floor: number;
	/** Runs minus sizes; 0 if no size has two runs to compare: then the sd is only its floor. */
	readonly degreesOfFreedom: number;
}

/** A smaller spread is not trusted: 0.1 %. It keeps the likelihood finite where every step is a look and all runs agree. */
const leastSd = 1e-3;

/**
 * The standard deviation of log steps between runs of one batch size, pooled over the sizes, each with a mean of its own: maximum
 * likelihood from the looks between which each run crossed, times √(runs/(runs − sizes)) for the means it had to fit.
 *
 * Its floor is log(looksRatio)/√12, the sd of a position within one look's interval: runs that cross at the same look may differ by that
 * much.
 */
export function pooledSpread(sizes: readonly (readonly StepInterval[])[], looksRatio: number): Spread {
	const floor = Math.max(leastSd, Math.log(looksRatio) / Math.sqrt(12));
	const several = sizes.filter((size) => size.length > 1 && size.some(({ after }) => after > 0)); // all at the first look: any sd will do
	const runs = several.reduce((sum, size) => sum + size.length, 0);
	const degreesOfFreedom = runs - several.length;
	if (degreesOfFreedom === 0) return { sd: floor, floor, degreesOfFreedom };
	const profile = (logSd: number) => several.reduce((sum, size) => sum + bestMean(size, Math.exp(logSd)).value, 0);
	const best = maximise(profile, Math.log(leastSd), Math.log(4), 1e-3, 9);
	return { sd: Math.max(floor, Math.exp(best.at) * Math.sqrt(runs / degreesOfFreedom)), floor, degreesOfFreedom };
}

/**
 * The mean of log steps under which one size's runs are likeliest, and how likely: Newton's method on a concave function, held within the
 * runs.
 */
export function bestMean(runs: readonly StepInterval[], sd: number): { readonly at: number; readonly value: number } {
	const likelihood = sizeLikelihood(runs, sd);
	const ends = runs.flatMap(({ after, step }) => [after, step]).filter((end) => end > 0 && end < Number.POSITIVE_INFINITY);
	let low = Math.log(Math.min(...ends)) - 3 * sd;
	let high = Math.log(Math.max(...ends)) + 3 * sd;
	let at = (low + high) / 2;
	for (let i = 0; i < 60; i++) {
		const { slope, bend } = likelihood(at);
		if (slope > 0) low = at;
		else high = at;
		const newton = at - slope / bend;
		const next = newton > low && newton < high ? newton : (low + high) / 2;
		if (Math.abs(next - at) < 1e-9) break;
		at = next;
	}
	return { at, value: likelihood(at).value };
}
