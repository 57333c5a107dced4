import type { Findings } from "../analysis/findings.js";
import { formatCount, formatNumber, formatRate, formatSeconds } from "./numbers.js";
import { settingText } from "./setting.js";

/**
 * How the user's own setting compares with the recommended one: `Yours, batch size 32 and learning rate 0.001, takes 41 min to the goal;
 * this one takes 23 min.`
 */
/** What the user's own setting does where no size of the search reached the goal; null elsewhere. */
export function ownReachedSentence({ baseline, recommendation }: Pick<Findings, "baseline" | "recommendation">): string | null {
	if (!baseline || recommendation.verdict !== "not reached") return null;
	const own = ownSetting(baseline);
	const runs = `${formatCount(baseline.reached)} of ${formatCount(baseline.runs)} ${baseline.runs === 1 ? "run" : "runs"}`;
	if (baseline.steps === null) return `Your own setting, ${own}, did not reach it either in most of its runs (${runs} reached it).`;
	return (
		`Your own setting, ${own}, reached it in ${runs}, after ${formatCount(baseline.steps)} steps, ` +
		`${formatCount(baseline.examples)} examples: train with that.`
	);
}

/** `batch size 32 and learning rate 0.001`. */
const ownSetting = (baseline: NonNullable<Findings["baseline"]>): string => {
	const setting = settingText(baseline);
	return `batch size ${formatCount(baseline.batchSize)}${setting ? "," : " and"} learning rate ${formatRate(baseline.learningRate)}${setting}`;
};

export function baselineSentence({ baseline, recommendation }: Findings): string | null {
	if (!baseline || recommendation.batchSize === null) return null;
	const yours = `Yours, ${ownSetting(baseline)},`;
	const { seconds, steps } = recommendation;
	const timed = seconds.median !== null && baseline.secondsPerStep !== null;
	const runs = `${formatCount(baseline.runs)} run${baseline.runs === 1 ? "" : "s"} each, on the same seeds`;
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
		return `${yours} takes ${formatSeconds(baseline.seconds)} to the goal; this one takes ${formatSeconds(seconds.median)} (${runs}).`;
	return `${yours} takes ${formatCount(baseline.steps)} steps to the goal, ${formatCount(baseline.examples)} examples; this one takes ${formatCount(steps.median)} steps, ${formatCount(recommendation.examples.median)} examples (${runs}).`;
}
