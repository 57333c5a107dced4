import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { allOf, anyOf, invariant, verdictAbove, verdictBelow, verdictWithin } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { greatest, shifted } from "../lab/estimates.js";
import { eachSize } from "../lab/say.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, familyOf, type Reduction, type Slope, type Stage, slopeOf } from "./figures.js";
import type { Settings } from "./settings.js";

const margin = margins.gradientNorm;

export function findings(figures: Figures, settings: Settings) {
	const { early, late, earlyOverLate, paths } = figures;
	const { training, batches, seeds } = settings;
	const workload = describeWorkload(settings.workload);
	const setting = `${workload}; weights after ${settings.epochs.join(" and ")} epochs of batches of ${training.batchSize} at rate ${formatRate(training.learningRate)} (not tuned per size), ${formatCount(batches)} batches of each size without replacement, ${seeds} seeds, intervals simultaneous over ${familyOf(settings)}`;
	const same = paths.map(({ whole }) => verdictBelow(whole, margin.path));
	const apart = paths.flatMap(({ partial, otherRate }) => [verdictAbove(partial, margin.path), verdictAbove(otherRate, margin.path)]);
	const slope = (stage: Stage, reduction: Reduction, over: Slope["over"] = "all") =>
		formatEstimate(slopeOf(stage, reduction, over).measured);
	const excess = shifted(slopeOf(early, "sum", "all").measured, -1);
	const least = greatest(earlyOverLate, ({ ratio }) => -(ratio.low ?? 0));
	const both = [...early.sizes, ...late.sizes];
	const lowest = greatest(both, ({ ratio }) => -(ratio.estimate ?? 1));
	return {
		C5: {
			verdict: allOf(...same, ...apart),
			effect: `distance between the last weights of a summed run at η/B and an averaged one at η, whole batches, as a share of the way from the start: below ${margin.path}, and above it with a partial last batch or at 2η/B; at every batch size, the largest is shown`,
			interval: greatest(paths, ({ whole }) => whole.high ?? 0).whole,
			evidence: `${workload} and the same summed; batch sizes ${settings.paths.batchSizes.join(", ")}, ${settings.paths.epochs} epochs at rate ${formatRate(settings.paths.learningRate)}, ${seeds} seeds. With a partial last batch: ${paths.map(({ partial }) => formatEstimate(partial)).join(", ")}; at 2η/B: ${paths.map(({ otherRate }) => formatEstimate(otherRate)).join(", ")}`,
		},
		C31: {
			verdict: verdictAbove(early.fullOverOne, margin.ratio),
			effect: `norm of the averaged gradient after ${early.epochs} epochs, full batch over batches of one, above ${margin.ratio}`,
			interval: early.fullOverOne,
			evidence: `${setting}. After ${late.epochs} epochs: ${formatEstimate(late.fullOverOne)}. Summed over the batch the ratio is ${formatCount(settings.batchSizes[settings.batchSizes.length - 1])} times as large, and the claim holds`,
		},
		C32a: {
			verdict: verdictBelow(early.fullOverOne, 1 / margin.ratio),
			effect: `norm of the averaged gradient after ${early.epochs} epochs, full batch over batches of one, below ${formatNumber(1 / margin.ratio)}`,
			interval: early.fullOverOne,
			evidence: `${setting}. After ${late.epochs} epochs: ${formatEstimate(late.fullOverOne)}. Summed over the batch it grows`,
		},
		C32b: {
			verdict: anyOf(...both.map(({ ratio }) => verdictBelow(ratio, 1 / margin.ratio))),
			effect: `mean squared norm over |G|² + (1/B − 1/N)·tr(Σ), which is what averaging examples that have nothing to do with each other gives, below ${formatNumber(1 / margin.ratio)} at some batch size after ${settings.epochs.join(" or ")} epochs; the least is shown, B = ${formatCount(lowest.batchSize)}`,
			interval: lowest.ratio,
			evidence: `${setting}. ${eachSize(early.sizes, ({ ratio }) => formatEstimate(ratio))}. Averaging accounts for all of the shrinking`,
		},
		C33: {
			verdict: verdictWithin(excess, margin.slope),
			effect: `slope of the squared norm of the summed gradient against B on logarithmic axes, over all sizes after ${early.epochs} epochs, less 1, within ±${margin.slope}`,
			interval: excess,
			evidence: `${setting}. After ${late.epochs} epochs the slope is ${slope(late, "sum")}; over ${slopeOf(early, "sum", "small").batchSizes.join(" to ")} alone ${slope(early, "sum", "small")} and ${slope(late, "sum", "small")}; of the averaged gradient ${slope(early, "mean")} and ${slope(late, "mean")}`,
		},
		C34: {
			verdict: allOf(...earlyOverLate.map(({ ratio }) => verdictAbove(ratio, 1))),
			effect: `norm after ${early.epochs} epochs over that after ${late.epochs}, paired by seed, above 1 at every batch size; the size with the lowest end is shown, ${formatCount(least.batchSize)}`,
			interval: least.ratio,
			evidence: `${setting}. ${eachSize(earlyOverLate, ({ ratio }) => formatEstimate(ratio))}`,
		},
		C35: invariant(
			`the variance over ${formatCount(batches)} batches has the unit of the norm; refuted where mean² + variance is the mean squared norm, which gives it the unit of the square`,
			!figures.squaresAddUp,
			`${setting}. The variance stands in the table with its unit; the charts have the standard deviation as error bar`,
		),
	};
}
