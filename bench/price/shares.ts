import type { Rng } from "../../src/core/rng.js";

/** The value that this share of them is at most; of n values the ⌈share·n⌉-th. */
export const quantile = (values: readonly number[], share: number): number =>
	[...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)];

/** Probability of at most k successes in n trials. */
function binomialAtMost(k: number, n: number, p: number): number {
	let term = (1 - p) ** n;
	let sum = 0;
	for (let i = 0; i <= k; i++) {
		sum += term;
		term *= ((n - i) / (i + 1)) * (p / (1 - p));
	}
	return sum;
}

/** Clopper and Pearson's 95 % interval of a share, k successes in n trials, by bisection. */
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
		low: k === 0 ? 0 : solve((p) => 1 - binomialAtMost(k - 1, n, p) > 0.025),
		high: k === n ? 1 : solve((p) => binomialAtMost(k, n, p) < 0.025),
	};
}

/** The lower end of the 95 % interval of the mean over clusters, which are drawn anew 2,000 times: results of one workload are alike. */
export function clusterBound(clusters: readonly (readonly number[])[], rng: Rng): number {
	const means = Array.from({ length: 2000 }, () => {
		const drawn = clusters.flatMap(() => clusters[rng.below(clusters.length)]);
		return drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
	});
	return quantile(means, 0.025);
}
