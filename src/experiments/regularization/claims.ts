import { formatCount, formatEstimate, formatNumber } from "../../words/numbers.js";
import { allOf, anyOf, type ClaimFinding, type Verdict, verdictAbove } from "../claims/claim.js";
import { overfitted } from "../lab/diagnose.js";
import { verdictBelow } from "../lab/verdicts.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, familyOf, type Peak, preventing, rowOf } from "./figures.js";
import type { Settings } from "./settings.js";

/**
 * Fixed before the data. A rise above `overfitted` is over-fitting, as in the rule that reads learning curves. An effect peaks at a batch size between the
 * ends if it is larger there by more than this than at both.
 */
const margin = { peak: 0.01 };

export const peakVerdict = ({ overSmallest, overLargest }: Peak): Verdict =>
	allOf(verdictAbove(overSmallest, margin.peak), verdictAbove(overLargest, margin.peak));

const peaks = ({ peaks }: Figures): Verdict => anyOf(...peaks.map(peakVerdict));

export function claimsOf(settings: Settings, figures: Figures): readonly ClaimFinding[] {
	const { batchSizes, moderate, epochs, seeds, examples, few } = settings;
	const setting = `${describeWorkload(settings.workload)}; N = ${formatCount(examples)}, ${formatNumber(100 * few.wrongLabels)} % of the training labels wrong, ${epochs} epochs, the rate of lowest training loss at each batch size and regularizer, tuned on ${seeds.tuning} seeds and told from ${seeds.reporting} others, intervals simultaneous over ${familyOf(settings)}`;
	const unregularized = figures.rows.filter(({ regularizer, wrongLabels }) => regularizer === "none" && wrongLabels > 0);
	const right = figures.rows.find(({ wrongLabels }) => wrongLabels === 0);
	const least = [...unregularized].sort((a, b) => (a.rise.estimate ?? 0) - (b.rise.estimate ?? 0))[0];
	const prevented = preventing.flatMap((regularizer) => rowOf(figures, regularizer, moderate) ?? []);
	const most = [...prevented].sort((a, b) => (b.rise.estimate ?? 0) - (a.rise.estimate ?? 0))[0];
	const rises = (rows: typeof prevented, name: (row: (typeof prevented)[number]) => string) =>
		rows.map((row) => `${name(row)}: ${formatEstimate(row.rise)}`).join("; ");
	return [
		{
			id: "C38",
			verdict: allOf(...unregularized.map(({ rise }) => verdictAbove(rise, overfitted))),
			effect: `what the validation loss ends above its least, in parts of the untrained network's, without regularizer, above ${overfitted} at every batch size; the least is shown, B = ${formatCount(least.batchSize)}`,
			interval: least.rise,
			evidence: `${setting}. ${rises(unregularized, ({ batchSize }) => `B = ${formatCount(batchSize)}`)}. With every label right, at B = ${moderate}: ${right ? formatEstimate(right.rise) : "not measured"}`,
		},
		{
			id: "C39",
			verdict: allOf(...prevented.map(({ rise }) => verdictBelow(rise, overfitted)), peaks(figures)),
			effect: `the same rise at B = ${moderate} with gradient noise, dropout and batch normalization, below ${overfitted} with each (the largest is shown, ${most.regularizer}); and batch normalization's effect at some batch size between ${batchSizes[0]} and ${formatCount(examples)} above that at both ends by more than ${margin.peak}`,
			interval: most.rise,
			evidence: `${setting}. The rise at B = ${moderate}: ${rises(prevented, ({ regularizer }) => regularizer)}. Batch normalization's effect ${figures.peaks
				.map(
					({ batchSize, overSmallest, overLargest }) =>
						`at B = ${batchSize} less that at ${batchSizes[0]}: ${formatEstimate(overSmallest)}, less that at ${formatCount(examples)}: ${formatEstimate(overLargest)}`,
				)
				.join("; ")}`,
		},
	];
}
