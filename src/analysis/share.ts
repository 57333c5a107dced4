import { type Estimate, noEstimate } from "./findings.js";

/**
 * A share of successes with its 95 % Wilson interval (Wilson 1927), which stays within [0, 1] and is also valid at 0 and 1:
 *
 *     (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)
 */
export function shareInterval(successes: number, trials: number): Estimate {
	if (trials === 0) return noEstimate;
	const z = 1.959963984540054;
	const p = successes / trials;
	const centre = p + (z * z) / (2 * trials);
	const reach = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
	const scale = 1 + (z * z) / trials;
	return { estimate: p, low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
}
