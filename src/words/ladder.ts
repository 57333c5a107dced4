import type { Findings } from "../analysis/findings.js";
import { sureShare } from "../analysis/more-runs.js";
import type { LadderArm } from "../core/ladder.js";
import type { Study } from "../study/study.js";
import { listed } from "./listed.js";
import { formatCount, formatNumber, formatRate, percent } from "./numbers.js";
import { shareSure } from "./share-sure.js";
import { trackRecord } from "./track-record.js";

/**
 * How a ladder found its answer, and how sure it is, and how good such answers have been: four sentences at most. Empty where the study is no ladder, or
 * recommends nothing.
 */
export function ladderSentences(
	{ ladder, recommendation, cost }: Findings,
	{ budget, tolerance, data }: Pick<Study, "budget" | "tolerance"> & { readonly data: Pick<Study["data"], "train"> },
): readonly string[] {
	const { batchSize, indistinguishable, withinTolerance } = recommendation;
	if (!ladder || batchSize === null) return [];
	const ended = ladder.filter(({ state }) => state === "behind" || state === "crowded out" || state === "broken").length;
	const early = ended === 0 ? "none of them ended early" : `${formatCount(ended)} of them ended early, when they could no longer win`;
	const others = indistinguishable.filter((size) => size !== batchSize);
	const close =
		others.length === 0
			? `No other batch size came within ${percent(tolerance)} of its cost`
			: `Batch ${others.length > 1 ? "sizes" : "size"} ${listed(others.map(formatCount))} came within ${percent(tolerance)} of its cost`;
	const compared = ladder.filter(({ runs }) => runs > 1);
	const further = compared.reduce((sum, { runs }) => sum + runs - 1, 0);
	const repeated =
		further === 0
			? ""
			: `${formatCount(further)} further ${further === 1 ? "run" : "runs"}, on other seeds, compared ${compared.length === 1 ? "one of the best settings" : `the ${formatCount(compared.length)} best settings`} again. `;
	return [
		`${formatCount(ladder.length)} settings were started, one run each, and ${early}. ` +
			`${repeated}${close}${further === 0 ? "; single runs show no more" : ""}.`,
		...(withinTolerance === null ? [] : [certaintySentence(withinTolerance, tolerance)]),
		trackRecord({ budget, data }, cost.trainings, recommendation.verdict === "found"),
	];
}

/** How likely it is that the setting is good enough, and what would settle it. */
const certaintySentence = (certainty: number, tolerance: number): string =>
	`By all runs to the goal it is ${shareSure(certainty)} likely to cost at most ${percent(tolerance)} more than the best setting` +
	`${certainty >= sureShare ? "." : "; 95 % would settle it."}`;

/** What became of a batch size that the ladder left behind: `left behind at 1.6 times the cost, rate 0.25`; null where it wasn't tried. */
export function leftBehind({ ladder }: Pick<Findings, "ladder">, batchSize: number): string | null {
	const best = bestOf(ladder ?? [], batchSize);
	if (!best || best.times === null) return null;
	return `left behind at ${formatNumber(best.times)} times the cost, rate ${formatRate(best.learningRate)}`;
}

const bestOf = (arms: readonly LadderArm[], batchSize: number): LadderArm | undefined =>
	arms.filter((arm) => arm.batchSize === batchSize && arm.times !== null).sort((a, b) => (a.times ?? 0) - (b.times ?? 0))[0];
