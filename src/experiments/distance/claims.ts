import type { Estimate } from "../../analysis/findings.js";
import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { allOf, verdictAbove, verdictWithin } from "../claims/claim.js";
import { headlineOf } from "../claims/headline.js";
import { margins } from "../claims/margins.js";
import { greatest, logOf } from "../lab/estimates.js";
import { eachSize } from "../lab/say.js";
import { describeWorkload } from "../lab/workloads.js";
import { armsAt, type Figures, familyOf, type Reduction } from "./figures.js";
import type { Settings } from "./settings.js";

const margin = margins.distance;

const rateNames = ["low", "middle", "high"] as const;

export function findings(figures: Figures, settings: Settings) {
	const { rates, epochs, steps, seeds } = settings;
	const reach = Math.log(margin.equal);
	/** A rate by its place among the three, and by its number. */
	const atRate = (learningRate: number) => ({ rate: `${rateNames[rates.mean.indexOf(learningRate)]} rate` });
	const [, rate] = rates.mean;
	const setting = `${describeWorkload(settings.workload)}; ${epochs} epochs, rate ${formatRate(rate)} at every batch size (not tuned per size), ${seeds} seeds, intervals simultaneous over ${familyOf(settings)}`;
	const best = figures.bestOverFull.find((one) => one.learningRate === rate) ?? figures.bestOverFull[0];
	const others = figures.bestOverFull.filter((one) => one !== best);
	const slopes = (reduction: Reduction) => figures.atEqualExamples.filter((one) => one.reduction === reduction);
	const mean = slopes("mean").find((one) => one.learningRate === rate) ?? slopes("mean")[0];
	const summed = slopes("sum").map(({ learningRate, slope }) => `${formatEstimate(slope)} at rate ${formatRate(learningRate)}`);
	const stepped = figures.atEqualSteps.map(({ learningRate, sizes }) => ({
		learningRate,
		sizes,
		farthest: greatest(sizes, ({ ratio }) => offOf(ratio)),
		verdict: allOf(...sizes.map(({ ratio }) => verdictWithin(logOf(ratio), reach))),
	}));
	const { farthest } = stepped.find((one) => one.learningRate === rate) ?? stepped[0];
	const straight = armsAt(figures, "mean", rate);
	const leastStraight = greatest(straight, ({ straightness }) => offOf(straightness));
	const cells = {
		C28: figures.bestOverFull.map(({ learningRate, ratio }) => ({
			when: atRate(learningRate),
			verdict: verdictAbove(ratio, margin.farther),
			interval: ratio,
		})),
		C29: slopes("mean").map(({ learningRate, slope }) => ({
			when: atRate(learningRate),
			verdict: verdictAbove(slope, margin.slope),
			interval: slope,
		})),
		C30: stepped.map((one) => ({ when: atRate(one.learningRate), verdict: one.verdict, interval: one.farthest.ratio })),
	};
	return {
		C28: {
			verdict: headlineOf(cells.C28).verdict,
			effect: `distance of the weights with the lowest validation loss, of any batch size and epoch, over where the full batch ends, above ${margin.farther}`,
			interval: best.ratio,
			evidence: `${setting}. At rate ${others.map(({ learningRate, ratio }) => `${formatRate(learningRate)} it is ${formatEstimate(ratio)}`).join(", at rate ")}`,
			cells: cells.C28,
		},
		C29: {
			verdict: headlineOf(cells.C29).verdict,
			effect: `slope of the distance after ${epochs} epochs against B, both logarithmic, gradients averaged, above ${margin.slope}`,
			interval: mean.slope,
			evidence: `${setting}. With gradients summed the slope is ${summed.join(", ")}`,
			cells: cells.C29,
		},
		C30: {
			verdict: headlineOf(cells.C30).verdict,
			effect: `distance after ${steps} steps over the full batch's, within a factor of ${margin.equal} at every batch size; the farthest off at rate ${formatRate(rate)} is shown, B = ${formatCount(farthest.batchSize)}`,
			interval: farthest.ratio,
			evidence: `${setting}. ${stepped.map((one) => `At rate ${formatRate(one.learningRate)}, ${eachSize(one.sizes, ({ ratio }) => formatEstimate(ratio))}`).join(". ")}`,
			cells: cells.C30,
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
