import type { Estimate } from "../../analysis/findings.js";
import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { allOf, verdictAbove, verdictWithin } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { greatest, logOf } from "../lab/estimates.js";
import { eachSize } from "../lab/say.js";
import { describeWorkload } from "../lab/workloads.js";
import { armsAt, type Figures, familyOf, type Reduction } from "./figures.js";
import type { Settings } from "./settings.js";

const margin = margins.distance;

export function findings(figures: Figures, settings: Settings) {
	const { rates, epochs, steps, seeds } = settings;
	const [, rate] = rates.mean;
	const setting = `${describeWorkload(settings.workload)}; ${epochs} epochs, rate ${formatRate(rate)} at every batch size (not tuned per size), ${seeds} seeds, intervals simultaneous over ${familyOf(settings)}`;
	const best = figures.bestOverFull.find((one) => one.learningRate === rate) ?? figures.bestOverFull[0];
	const others = figures.bestOverFull.filter((one) => one !== best);
	const slopes = (reduction: Reduction) => figures.atEqualExamples.filter((one) => one.reduction === reduction);
	const mean = slopes("mean").find((one) => one.learningRate === rate) ?? slopes("mean")[0];
	const summed = slopes("sum").map(({ learningRate, slope }) => `${formatEstimate(slope)} at rate ${formatRate(learningRate)}`);
	const farthest = greatest(figures.atEqualSteps, ({ ratio }) => offOf(ratio));
	const straight = armsAt(figures, "mean", rate);
	const leastStraight = greatest(straight, ({ straightness }) => offOf(straightness));
	const reach = Math.log(margin.equal);
	return {
		C28: {
			verdict: verdictAbove(best.ratio, margin.farther),
			effect: `distance of the weights with the lowest validation loss, of any batch size and epoch, over where the full batch ends, above ${margin.farther}`,
			interval: best.ratio,
			evidence: `${setting}. At rate ${others.map(({ learningRate, ratio }) => `${formatRate(learningRate)} it is ${formatEstimate(ratio)}`).join(", at rate ")}`,
		},
		C29: {
			verdict: verdictAbove(mean.slope, margin.slope),
			effect: `slope of the distance after ${epochs} epochs against B, both logarithmic, gradients averaged, above ${margin.slope}`,
			interval: mean.slope,
			evidence: `${setting}. With gradients summed the slope is ${summed.join(", ")}`,
		},
		C30: {
			verdict: allOf(...figures.atEqualSteps.map(({ ratio }) => verdictWithin(logOf(ratio), reach))),
			effect: `distance after ${steps} steps over the full batch's, within a factor of ${margin.equal} at every batch size; the farthest off is shown, B = ${formatCount(farthest.batchSize)}`,
			interval: farthest.ratio,
			evidence: `${setting}. ${eachSize(figures.atEqualSteps, ({ ratio }) => formatEstimate(ratio))}`,
		},
		C36: {
			verdict: allOf(...straight.map(({ straightness }) => verdictWithin(logOf(straightness), reach))),
			effect: `distance after ${steps} steps over the summed η‖g‖ of these steps, within a factor of ${margin.equal} of 1 at every batch size; the farthest off is shown, B = ${formatCount(leastStraight.batchSize)}`,
			interval: leastStraight.straightness,
			evidence: `${setting}. After the first step it is 1 to a relative ${formatNumber(figures.firstStepOff)}, the norm being measured apart from the step. After ${steps} steps: ${eachSize(straight, ({ straightness }) => formatEstimate(straightness))}`,
		},
	};
}

/** How far from 1 a ratio is, as a factor. */
const offOf = ({ estimate }: Estimate): number => Math.abs(Math.log(estimate ?? 1));
