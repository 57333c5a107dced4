import type { Estimate } from "../../analysis/findings.js";
import { type Verdict, verdictAbove } from "../claims/claim.js";

/** The verdict on "the effect is below `limit`". */
export function verdictBelow(value: Estimate, limit: number): Verdict {
	const above = verdictAbove(value, limit);
	return above === "supported" ? "refuted" : above === "refuted" ? "supported" : above;
}

/** A ratio as its logarithm, so that twice and half lie equally far from 0. */
export function logOf({ estimate, low, high }: Estimate): Estimate {
	const log = (x: number | null) => (x === null ? null : Math.log(x));
	return { estimate: log(estimate), low: log(low), high: log(high) };
}
