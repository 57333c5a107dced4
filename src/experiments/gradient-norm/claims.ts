import type { Estimate } from "../../analysis/findings.js";
import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { allOf, type ClaimFinding, invariant, verdictAbove, verdictWithin } from "../claims/claim.js";
import { verdictBelow } from "../lab/verdicts.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, familyOf, type Slope, type Stage } from "./figures.js";
import type { Settings } from "./settings.js";

/**
 * Fixed before the data. `path`: runs that end nearer to each other than this share of the way took the same path, such as lie farther apart did not.
 * `ratio`: norms differ if one is this many times the other. `slope`: a slope is 1 within this.
 */
const margin = { path: 1e-3, ratio: 1.1, slope: 0.1 };

export function claimsOf(settings: Settings, figures: Figures): readonly ClaimFinding[] {
	const { early, late, earlyOverLate, paths } = figures;
	const { training, batches, seeds } = settings;
	const setting = `${describeWorkload(settings.workload)}; weights after ${settings.epochs.join(" and ")} epochs of batches of ${training.batchSize} at rate ${formatRate(training.learningRate)} (not tuned per size), ${formatCount(batches)} batches of each size without replacement, ${seeds} seeds, intervals simultaneous over ${familyOf(settings)}`;
	const same = paths.map(({ whole }) => verdictBelow(whole, margin.path));
	const apart = paths.flatMap(({ partial, otherRate }) => [verdictAbove(partial, margin.path), verdictAbove(otherRate, margin.path)]);
	const worst = widest(paths.map(({ whole }) => whole));
	const sum = (stage: Stage) => slopeOf(stage, "sum");
	const least = [...earlyOverLate].sort((a, b) => (a.ratio.low ?? 0) - (b.ratio.low ?? 0))[0];
	return [
		{
			id: "C5",
			verdict: allOf(...same, ...apart),
			effect: `distance between the last weights of a summed run at η/B and an averaged one at η, whole batches, as a share of the way from the start: below ${margin.path}, and above it with a partial last batch or at 2η/B; at every batch size, the largest is shown`,
			interval: worst,
			evidence: `${describeWorkload(settings.workload)} and the same summed; batch sizes ${settings.paths.batchSizes.join(", ")}, ${settings.paths.epochs} epochs at rate ${formatRate(settings.paths.learningRate)}, ${seeds} seeds. With a partial last batch: ${paths.map(({ partial }) => formatEstimate(partial)).join(", ")}; at 2η/B: ${paths.map(({ otherRate }) => formatEstimate(otherRate)).join(", ")}`,
		},
		{
			id: "C31",
			verdict: verdictAbove(early.fullOverOne, margin.ratio),
			effect: `norm of the averaged gradient after ${early.epochs} epochs, full batch over batches of one, above ${margin.ratio}`,
			interval: early.fullOverOne,
			evidence: `${setting}. After ${late.epochs} epochs: ${formatEstimate(late.fullOverOne)}. Summed over the batch the ratio is ${formatCount(lastSize(settings))} times as large, and the claim holds`,
		},
		{
			id: "C32",
			verdict: verdictBelow(early.fullOverOne, 1 / margin.ratio),
			effect: `the same, below ${formatNumber(1 / margin.ratio)}`,
			interval: early.fullOverOne,
			evidence: `${setting}. After ${late.epochs} epochs: ${formatEstimate(late.fullOverOne)}. Summed over the batch it grows. That noise averages out accounts for all of it: see the closed form`,
		},
		{
			id: "C33",
			verdict: verdictWithin(shifted(sum(early).measured, -1), margin.slope),
			effect: `slope of the squared norm of the summed gradient against B on logarithmic axes, over all sizes after ${early.epochs} epochs, less 1, within ±${margin.slope}`,
			interval: shifted(sum(early).measured, -1),
			evidence: `${setting}. After ${late.epochs} epochs the slope is ${formatEstimate(sum(late).measured)}; over ${slopeOf(early, "sum", "small").batchSizes.join(" to ")} alone ${formatEstimate(slopeOf(early, "sum", "small").measured)} and ${formatEstimate(slopeOf(late, "sum", "small").measured)}; of the averaged gradient ${formatEstimate(slopeOf(early, "mean").measured)} and ${formatEstimate(slopeOf(late, "mean").measured)}`,
		},
		{
			id: "C34",
			verdict: allOf(...earlyOverLate.map(({ ratio }) => verdictAbove(ratio, 1))),
			effect: `norm after ${early.epochs} epochs over that after ${late.epochs}, paired by seed, above 1 at every batch size; the size with the lowest end is shown, ${formatCount(least.batchSize)}`,
			interval: least.ratio,
			evidence: `${setting}. ${earlyOverLate.map(({ batchSize, ratio }) => `B = ${formatCount(batchSize)}: ${formatEstimate(ratio)}`).join("; ")}`,
		},
		invariant(
			"C35",
			`over ${formatCount(batches)} batches of each size mean, standard deviation and variance were taken; mean² + variance is the mean squared norm, so that the variance has the unit of the square`,
			figures.squaresAddUp,
			`${setting}. The variance stands in the table with its unit; drawn is the standard deviation`,
		),
	];
}

const lastSize = ({ batchSizes }: Settings): number => batchSizes[batchSizes.length - 1];

const slopeOf = ({ slopes }: Stage, reduction: Slope["reduction"], over: Slope["over"] = "all"): Slope => {
	const found = slopes.find((slope) => slope.reduction === reduction && slope.over === over);
	return found ?? slopes[0];
};

const widest = (estimates: readonly Estimate[]): Estimate => [...estimates].sort((a, b) => (b.high ?? 0) - (a.high ?? 0))[0];

const shifted = ({ estimate, low, high }: Estimate, by: number): Estimate => {
	const move = (x: number | null) => (x === null ? null : x + by);
	return { estimate: move(estimate), low: move(low), high: move(high) };
};
