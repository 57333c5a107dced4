import type { Estimate } from "../../analysis/findings.js";

/**
 * The ratio of two positive quantities that are estimated apart, with its interval: on the logarithmic axis the distances from the
 * estimates to the ends that lie the same way add as squares, each side on its own (Zou & Donner 2008, MOVER). Where an end is open the
 * ratio's is; without an estimate there is no ratio.
 */
export function ratioOfApart(above: Estimate, below: Estimate): Estimate {
	if (above.estimate === null || below.estimate === null) return { estimate: null, low: null, high: null };
	const ratio = above.estimate / below.estimate;
	const low = far(above.estimate, above.low, below.high, below.estimate);
	const high = far(above.high, above.estimate, below.estimate, below.low);
	return { estimate: ratio, low: low === null ? null : ratio / low, high: high === null ? null : ratio * high };
}

/** e to the root of log²(a/b) + log²(c/d); null where one of them is open or not positive. */
function far(...[a, b, c, d]: readonly (number | null)[]): number | null {
	if (!a || !b || !c || !d) return null;
	return Math.exp(Math.hypot(Math.log(a / b), Math.log(c / d)));
}
