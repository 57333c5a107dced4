import { type Estimate, type Findings, noEstimate } from "./findings.js";

/** More examples than the reference size needs, as a share of them. */
export const overheadShare = 0.2;

export interface Overhead {
	/** The smallest batch size that reached the goal. */
	readonly reference: number;
	/** The size that needs 20 % more examples than the reference, by the fitted curve. */
	readonly batchSize: Estimate;
}

/**
 * The critical batch size of Zhang et al. 2024 (arXiv:2410.21676, section 2): the size that needs 20 % more examples than a reference size
 * R. It is another quantity than the B_crit of McCandlish et al. 2018. On the curve S(B) = S_min (1 + B_crit/B) examples are E(B) = S_min (B
 * + B_crit), and E(B*) = 1.2 E(R) gives
 *
 *     B* = 0.2 B_crit + 1.2 R.
 *
 * So it depends on R, and grows more slowly than B_crit where R is fixed. Its interval is that of B_crit, mapped. Null without a fit.
 */
export function overheadOf({ fit, tradeoff }: Pick<Findings, "fit" | "tradeoff">): Overhead | null {
	const sizes = tradeoff.flatMap(({ batchSize, outcome }) => (outcome === "reached" ? [batchSize] : []));
	if (fit.verdict === "too few sizes" || sizes.length === 0) return null;
	const reference = Math.min(...sizes);
	return { reference, batchSize: overheadSize(fit.criticalBatchSize, reference) };
}

/** B* of a B_crit, in examples; unknown where that is. */
export function overheadSize(critical: Estimate, reference: number): Estimate {
	const of = (value: number | null) => (value === null ? null : overheadShare * value + (1 + overheadShare) * reference);
	return critical.estimate === null ? noEstimate : { estimate: of(critical.estimate), low: of(critical.low), high: of(critical.high) };
}
