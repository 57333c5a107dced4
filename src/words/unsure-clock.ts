import type { Findings } from "../analysis/findings.js";
import { formatCount, formatSecondsInterval } from "./numbers.js";

/** That step times, and not steps, keep batch sizes from being told apart, with what helps; null where that is not so. */
export function unsureClockSentence({ unsureClock }: Findings): string | null {
	if (unsureClock === null) return null;
	const { batchSize, secondsPerStep } = unsureClock;
	const step = `a step takes ${formatSecondsInterval(secondsPerStep)} at batch size ${formatCount(batchSize)}`;
	return `Most of the uncertainty in time comes from the step timings: ${step}. An idle machine or longer runs would narrow it; --objective cheapest does not need step times.`;
}
