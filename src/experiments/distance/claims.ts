import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { allOf, type ClaimFinding, verdictAbove, verdictWithin } from "../claims/claim.js";
import { logOf } from "../lab/verdicts.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, familyOf } from "./figures.js";
import type { Settings } from "./settings.js";

/**
 * Fixed before the data. `farther`: one lies farther out than the other if its distance is this many times as large. `slope`: distances rise with the batch
 * size if log distance does so by this much for a unit of log batch size (4 % for a doubling). `equal`: distances within this factor are equal.
 */
const margin = { farther: 1.1, slope: 0.05, equal: 1.1 };

export function claimsOf(settings: Settings, figures: Figures): readonly ClaimFinding[] {
	const { rates, epochs, steps, seeds } = settings;
	const [, rate] = rates.mean;
	const setting = `${describeWorkload(settings.workload)}; ${epochs} epochs, rate ${formatRate(rate)} at every batch size (not tuned per size), ${seeds} seeds, intervals simultaneous over ${familyOf(settings)}`;
	const best = figures.bestOverFull.find((one) => one.learningRate === rate) ?? figures.bestOverFull[0];
	const others = figures.bestOverFull.filter((one) => one !== best);
	const slope = (reduction: "mean" | "sum") => figures.atEqualExamples.filter((one) => one.reduction === reduction);
	const mean = slope("mean").find((one) => one.learningRate === rate) ?? slope("mean")[0];
	const farthest = [...figures.atEqualSteps].sort((a, b) => offOf(b.ratio) - offOf(a.ratio))[0];
	const { arms } = figures;
	const straight = arms.filter((arm) => arm.reduction === "mean" && arm.learningRate === rate);
	const leastStraight = [...straight].sort((a, b) => offOf(b.straightness) - offOf(a.straightness))[0];
	const reach = Math.log(margin.equal);
	return [
		{
			id: "C28",
			verdict: verdictAbove(best.ratio, margin.farther),
			effect: `distance of the weights with the lowest validation loss, of any batch size and epoch, over where the full batch ends, above ${margin.farther}`,
			interval: best.ratio,
			evidence: `${setting}. At rate ${others.map(({ learningRate, ratio }) => `${formatRate(learningRate)} it is ${formatEstimate(ratio)}`).join(", at rate ")}`,
		},
		{
			id: "C29",
			verdict: verdictAbove(mean.slope, margin.slope),
			effect: `slope of the distance after ${epochs} epochs against B, both logarithmic, gradients averaged, above ${margin.slope}`,
			interval: mean.slope,
			evidence: `${setting}. With gradients summed the slope is ${slope("sum")
				.map(({ learningRate, slope: value }) => `${formatEstimate(value)} at rate ${formatRate(learningRate)}`)
				.join(", ")}`,
		},
		{
			id: "C30",
			verdict: allOf(...figures.atEqualSteps.map(({ ratio }) => verdictWithin(logOf(ratio), reach))),
			effect: `distance after ${steps} steps over the full batch's, within a factor of ${margin.equal} at every batch size; the farthest off is shown, B = ${formatCount(farthest.batchSize)}`,
			interval: farthest.ratio,
			evidence: `${setting}. ${figures.atEqualSteps.map(({ batchSize, ratio }) => `B = ${formatCount(batchSize)}: ${formatEstimate(ratio)}`).join("; ")}`,
		},
		{
			id: "C36",
			verdict: allOf(...straight.map(({ straightness }) => verdictWithin(logOf(straightness), reach))),
			effect: `distance after ${steps} steps over the summed η‖g‖ of these steps, within a factor of ${margin.equal} of 1 at every batch size; the farthest off is shown, B = ${formatCount(leastStraight.batchSize)}`,
			interval: leastStraight.straightness,
			evidence: `${setting}. After the first step it is 1 to a relative ${formatNumber(figures.firstStepOff)}, the norm being measured apart from the step. After ${steps} steps: ${straight.map(({ batchSize, straightness }) => `B = ${formatCount(batchSize)}: ${formatEstimate(straightness)}`).join("; ")}`,
		},
	];
}

/** How far from 1 a ratio is, as a factor. */
const offOf = ({ estimate }: { readonly estimate: number | null }): number => Math.abs(Math.log(estimate ?? 1));
