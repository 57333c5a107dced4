import type { Median, Recommendation, TradeoffRow, UnsureClock } from "./findings.js";
import { type Objective, objectives } from "./objectives.js";

/**
 * The size with the least certain step time, if step times rather than steps leave batch sizes statistically tied; else null, also if time
 * does not count.
 *
 * That is so where the interval of the time per step, of the recommended size or of one it is compared with, is wider as a ratio than that
 * of its steps, and wider than the tolerance.
 */
export function unsureClock(
	tradeoff: readonly TradeoffRow[],
	recommendation: Recommendation,
	{ objective, tolerance }: { readonly objective: Objective; readonly tolerance: number },
): UnsureClock | null {
	const { verdict, batchSize, neighbours, indistinguishable } = recommendation;
	if (!objectives[objective].needsSeconds || batchSize === null) return null;
	const matters =
		verdict === "undecided" || neighbours.some(({ seconds: { low, high } }) => low !== null && high !== null && low < 1 && high > 1);
	if (!matters) return null;
	const concerned = new Set([batchSize, ...neighbours.map((other) => other.batchSize), ...indistinguishable]);
	const unsure = tradeoff.filter(
		(row) => concerned.has(row.batchSize) && spanOf(row.secondsPerStep) > Math.max(spanOf(row.steps), 1 + tolerance),
	);
	const [first, ...others] = unsure;
	if (first === undefined) return null;
	const worst = others.reduce((most, row) => (spanOf(row.secondsPerStep) > spanOf(most.secondsPerStep) ? row : most), first);
	return { batchSize: worst.batchSize, secondsPerStep: worst.secondsPerStep };
}

/** The interval's upper end over its lower; 1 where it isn't known. */
const spanOf = ({ low, high }: Median): number => (low === null || high === null || low <= 0 ? 1 : high / low);
