import { incompleteBeta } from "../../src/analysis/incomplete-beta.js";
import type { Rng } from "../../src/core/rng.js";

/** The value that this share of them is at most; of n values the ⌈share·n⌉-th. */
export const quantile = (values: readonly number[], share: number): number =>
	[...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)];

/** Clopper and Pearson's 95 % interval of a share, k successes in n trials, by bisection: at least k have probability I_p(k, n − k + 1). */
export function exactBound(k: number, n: number): { readonly low: number; readonly high: number } {
	const solve = (isAbove: (p: number) => boolean): number => {
		let [low, high] = [0, 1];
		for (let i = 0; i < 60; i++) {
			const middle = (low + high) / 2;
			if (isAbove(middle)) high = middle;
			else low = middle;
		}
		return (low + high) / 2;
	};
	return {
		low: k === 0 ? 0 : solve((p) => incompleteBeta(p, k, n - k + 1) > 0.025),
		high: k === n ? 1 : solve((p) => 1 - incompleteBeta(p, k + 1, n - k) < 0.025),
	};
}

/** The lower end of the 95 % interval of the mean over clusters, which are resampled 2,000 times: results of one workload are alike. */
export function clusterBound(clusters: readonly (readonly number[])[], rng: Rng): number {
	const means = Array.from({ length: 2000 }, () => {
		const drawn = clusters.flatMap(() => clusters[rng.below(clusters.length)]);
		return drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
	});
	return quantile(means, 0.025);
}
