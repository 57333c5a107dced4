import type { Estimate, Fit } from "./findings.js";

/** Half-width of a normal's 95 % interval, in standard deviations. */
const normal95 = 1.96;

/** One batch size: its measured steps-to-target, and what its single runs give to a fit. */
export interface Measured<Runs> {
	readonly batchSize: number;
	readonly steps: Pick<Estimate, "low" | "high"> & { readonly median: number | null };
	readonly runs: Runs;
}

/**
 * The fit with the sizes that lie below the curve's own floor. S_min is the least that a hyperbola allows, so if a measured S lies wholly
 * below it, interval below interval, the runs don't follow a hyperbola.
 *
 * S_min is then that of the other sizes. A size that misses the curve widens the interval of every fit that it is part of, and would so
 * cover its own miss: a full batch with 0.7 of the steps that all other sizes agree on must not pass because it makes them look scattered.
 * Where the others lie off their own curve as well, by more than their runs explain (each size's rate is tuned, with an error that its runs
 * share), a measured S may do so too: its interval is widened by as much.
 *
 * `fitOf`: fits the curve to such sizes.
 */
export function withUndercut<Runs>(
	sizes: readonly Measured<Runs>[],
	fitOf: (sizes: readonly Pick<Measured<Runs>, "batchSize" | "runs">[]) => Fit,
): Fit {
	const fit = fitOf(sizes);
	const floor = fit.minSteps.estimate;
	if (floor === null) return fit;
	const undercut = sizes.flatMap((size) => {
		const { median, high } = size.steps;
		if (median === null || high === null || median >= floor) return [];
		const { minSteps, lackOfFit } = fitOf(sizes.filter((other) => other !== size));
		const above = Math.hypot(Math.log(high / median), normal95 * (lackOfFit.sd ?? 0));
		return minSteps.low !== null && median * Math.exp(above) < minSteps.low ? [size.batchSize] : [];
	});
	if (undercut.length === 0) return fit;
	return { ...fit, verdict: "not a hyperbola", lackOfFit: { ...fit.lackOfFit, undercut } };
}
