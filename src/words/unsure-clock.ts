import type { Findings, Median, TradeoffRow } from "../analysis/findings.js";
import type { Study } from "../study/study.js";
import { formatCount, formatSecondsInterval } from "./numbers.js";

/**
 * That a step's time, and not the number of steps, is what keeps batch sizes from being told apart, with what mends it; null where it isn't, or where time doesn't count. It is where the interval of the time per step of the
 * recommended size or of one that it is held against is wider, as a ratio, than that of its steps, and than the tolerance.
 */
export function unsureClockSentence({ tradeoff, recommendation }: Findings, { objective, tolerance }: Study): string | null {
	const { verdict, batchSize, neighbours, indistinguishable } = recommendation;
	if (objective === "cheapest" || batchSize === null) return null;
	const matters =
		verdict === "undecided" || neighbours.some(({ seconds: { low, high } }) => low !== null && high !== null && low < 1 && high > 1);
	const concerned = new Set([batchSize, ...neighbours.map((other) => other.batchSize), ...indistinguishable]);
	const unsure = tradeoff.filter(
		(row) => concerned.has(row.batchSize) && spanOf(row.secondsPerStep) > Math.max(spanOf(row.steps), 1 + tolerance),
	);
	if (!matters || unsure.length === 0) return null;
	const worst = unsure.reduce((most, row) => (spanOf(row.secondsPerStep) > spanOf(most.secondsPerStep) ? row : most));
	return `Time is unsure for the clock more than for the steps: ${stepTime(worst)}. An idle machine or longer runs would tell it better; --objective cheapest does without it.`;
}

const stepTime = ({ batchSize, secondsPerStep }: TradeoffRow): string =>
	`a step takes ${formatSecondsInterval(secondsPerStep)} at batch size ${formatCount(batchSize)}`;

/** The interval's upper end over its lower; 1 where it isn't known. */
const spanOf = ({ low, high }: Median): number => (low === null || high === null || low <= 0 ? 1 : high / low);
