import type { Findings } from "../analysis/findings.js";
import { formatCount, formatInterval, formatNumber, formatSeconds } from "./numbers.js";
import { choiceText } from "./setting.js";

/** What the user's own setting does where no size of the search reached the goal; null elsewhere. */
export function ownReachedSentence({ baseline, recommendation }: Pick<Findings, "baseline" | "recommendation">): string | null {
	if (!baseline || recommendation.verdict !== "not reached") return null;
	const own = choiceText(baseline);
	const runs = `${formatCount(baseline.reached)} of ${formatCount(baseline.runs)} ${baseline.runs === 1 ? "run" : "runs"}`;
	if (baseline.steps === null) return `Your own setting, ${own}, did not reach it either in most of its runs (${runs} reached it).`;
	return (
		`Your own setting, ${own}, reached it in ${runs}, after ${formatCount(baseline.steps)} steps, ` +
		`${formatCount(baseline.examples)} examples: train with that.`
	);
}

/**
 * That the user's own setting is shown to cost less than what the search found, on the same seeds: a headline, and then what the search
 * found is no advice. Null elsewhere.
 */
export function keepOwnSentence({ baseline }: Pick<Findings, "baseline">): string | null {
	const ratio = baseline?.costRatio;
	if (!baseline || !ratio || ratio.high === null || ratio.high >= 1) return null;
	return `Keep your own setting, ${choiceText(baseline)}: on the same seeds it costs ${formatInterval(ratio)} times what the best setting of this search does.`;
}

/**
 * How the user's own setting compares with the recommended one: `Yours, batch size 32 and learning rate 0.001, takes 41 min to the goal;
 * this one takes 23 min.`
 */
export function baselineSentence({ baseline, recommendation }: Findings): string | null {
	if (!baseline || recommendation.batchSize === null) return null;
	const yours = `Yours, ${choiceText(baseline)},`;
	const { seconds, steps } = recommendation;
	const timed = seconds.median !== null && baseline.secondsPerStep !== null;
	const runs = `${formatCount(baseline.runs)} run${baseline.runs === 1 ? "" : "s"} each, on the same seeds`;
	const { low = null, high = null } = baseline.costRatio ?? {};
	const either = low !== null && high !== null && low < 1 && high > 1 ? " These runs don’t show that either is better." : "";
	if (baseline.steps === null) {
		const share = timed
			? (baseline.cap * (baseline.secondsPerStep ?? 0)) / (seconds.median ?? 1)
			: steps.median === null
				? null
				: baseline.cap / steps.median;
		const times = share === null ? "" : `, ${formatNumber(share)} times ${timed ? "the time" : "the steps"} that this one takes`;
		const most = baseline.reached === 0 ? "did not reach the goal" : "mostly did not reach the goal";
		return `${yours} ${most} within ${formatCount(baseline.cap)} step${baseline.cap === 1 ? "" : "s"}${times} (${formatCount(baseline.runs)} run${baseline.runs === 1 ? "" : "s"}, on the same seeds).`;
	}
	if (timed)
		return `${yours} takes ${formatSeconds(baseline.seconds)} to the goal; this one takes ${formatSeconds(seconds.median)} (${runs}).${either}`;
	return `${yours} takes ${formatCount(baseline.steps)} steps to the goal, ${formatCount(baseline.examples)} examples; this one takes ${formatCount(steps.median)} steps, ${formatCount(recommendation.examples.median)} examples (${runs}).${either}`;
}
