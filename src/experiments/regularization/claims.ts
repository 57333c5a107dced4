import { formatCount, formatEstimate, formatNumber } from "../../words/numbers.js";
import { allOf, anyOf, type Verdict, verdictAbove, verdictBelow } from "../claims/claim.js";
import { headlineOf } from "../claims/headline.js";
import { margins } from "../claims/margins.js";
import { overfitted } from "../lab/diagnose.js";
import { greatest } from "../lab/estimates.js";
import { eachSize, say } from "../lab/say.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, familyOf, type Peak, preventing, rowOf, rowsOf } from "./figures.js";
import type { Settings } from "./settings.js";

const margin = margins.regularization;

export const peakVerdict = ({ overSmallest, overLargest }: Peak): Verdict =>
	allOf(verdictAbove(overSmallest, margin.peak), verdictAbove(overLargest, margin.peak));

export function findings(figures: Figures, settings: Settings) {
	const { batchSizes, moderate, epochs, seeds, examples, few } = settings;
	const setting = `${describeWorkload(settings.workload)}; N = ${formatCount(examples)}, ${formatNumber(100 * few.wrongLabels)} % of the training labels wrong, ${epochs} epochs, the rate of lowest training loss at each batch size and regularizer, tuned on ${seeds.tuning} seeds and reported from ${seeds.reporting} others, intervals simultaneous over ${familyOf(settings)}`;
	const bare = rowsOf(figures, settings, "none");
	const right = figures.rows.find(({ wrongLabels }) => wrongLabels === 0);
	const least = greatest(bare, ({ rise }) => -(rise.estimate ?? 0));
	const prevented = preventing.flatMap((regularizer) => rowOf(figures, regularizer, moderate) ?? []);
	const mildest = greatest(prevented, ({ rise }) => -(rise.estimate ?? 0));
	const peak = greatest(figures.peaks, ({ overSmallest }) => overSmallest.estimate ?? 0);
	const labels = [
		{
			when: { labels: "labels partly wrong" },
			verdict: allOf(...bare.map(({ rise }) => verdictAbove(rise, overfitted))),
			interval: least.rise,
		},
		...(right ? [{ when: { labels: "every label right" }, verdict: verdictAbove(right.rise, overfitted), interval: right.rise }] : []),
	];
	const peaks = figures.peaks.map(
		({ batchSize, overSmallest, overLargest }) =>
			`at B = ${batchSize} less that at ${batchSizes[0]}: ${formatEstimate(overSmallest)}, less that at ${formatCount(examples)}: ${formatEstimate(overLargest)}`,
	);
	return {
		C38: {
			verdict: headlineOf(labels).verdict,
			effect: `what the validation loss ends above its least, in parts of the untrained network's, without regularizer, above ${overfitted} at every batch size (with every label right: at B = ${moderate}); the least with wrong labels is shown, B = ${formatCount(least.batchSize)}`,
			interval: least.rise,
			evidence: `${setting}. ${eachSize(bare, ({ rise }) => formatEstimate(rise))}. With every label right, at B = ${moderate}: ${right ? formatEstimate(right.rise) : "not measured"}`,
			cells: labels,
		},
		C39a: {
			verdict: anyOf(...prevented.map(({ rise }) => verdictBelow(rise, overfitted))),
			effect: `the same rise at B = ${moderate} with gradient noise, dropout or batch normalization, below ${overfitted} with one of them at least; the least is shown, ${mildest.regularizer}`,
			interval: mildest.rise,
			evidence: `${setting}. The rise at B = ${moderate}: ${prevented.map(({ regularizer, rise }) => `${regularizer}: ${formatEstimate(rise)} (${say(verdictBelow(rise, overfitted), "prevents it", "does not", "cannot tell")})`).join("; ")}`,
		},
		C39b: {
			verdict: anyOf(...figures.peaks.map(peakVerdict)),
			effect: `by how much batch normalization lowers the rise, at some batch size between ${batchSizes[0]} and ${formatCount(examples)} less at either end, both above ${margin.peak}; shown: B = ${formatCount(peak.batchSize)} less B = ${batchSizes[0]}`,
			interval: peak.overSmallest,
			evidence: `${setting}. Batch normalization's effect ${peaks.join("; ")}`,
		},
	};
}
