import type { Estimate, Regime } from "./findings.js";

/** In the order in which they follow one another as the batch size grows. */
const regimes = ["perfect scaling", "diminishing returns", "maximal data parallelism"] as const satisfies readonly Regime[];

/**
 * The regime of S(B) = S_min (1 + B_crit/B) that a batch size is in (the three of Shallue et al. 2019; their bounds are ours). Up to a
 * quarter of B_crit at least 80 % of each example's worth is left (efficiency 1/(1 + 1/4)); from four times B_crit on, S is within a
 * quarter of S_min.
 */
export function regimeOf(batchSize: number, criticalBatchSize: number): Regime {
	if (batchSize <= criticalBatchSize / 4) return "perfect scaling";
	return batchSize < 4 * criticalBatchSize ? "diminishing returns" : "maximal data parallelism";
}

/** All regimes that a batch size may be in under the interval of B_crit; an open side allows anything. */
export function regimesWithin(batchSize: number, { low, high }: Estimate): readonly Regime[] {
	const first = regimes.indexOf(regimeOf(batchSize, high ?? Number.POSITIVE_INFINITY));
	const last = regimes.indexOf(regimeOf(batchSize, low ?? 0));
	return regimes.slice(first, last + 1);
}
