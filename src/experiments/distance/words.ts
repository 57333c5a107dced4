import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { estimateOf, finite, nothing } from "../lab/estimates.js";
import { type Arm, armsAt, type Figures, type Reduction } from "./figures.js";
import type { Settings } from "./settings.js";

export function words(figures: Figures, { batchSizes, epochs, rates, steps }: Settings): readonly string[] {
	const [averaged, summed] = [armsAt(figures, "mean", rates.mean[1]), armsAt(figures, "sum", rates.sum[1])];
	const span = (arms: readonly Arm[]) =>
		`from ${formatEstimate(arms[0].afterEpochs)} with batches of one to ${formatEstimate(arms[arms.length - 1].afterEpochs)} with the full batch`;
	const slope = (reduction: Reduction) =>
		formatEstimate(
			figures.atEqualExamples.find((one) => one.reduction === reduction && one.learningRate === rates[reduction][1])?.slope ?? nothing,
		);
	const apart = figures.atEqualSteps.map(({ learningRate, sizes }) => {
		const ratios = sizes.map(({ ratio }) => estimateOf(ratio));
		const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => formatNumber(finite(ratio)));
		return `${least} to ${most} times the full batch's at rate ${formatRate(learningRate)}`;
	});
	return [
		`At one learning rate and after the same ${epochs} epochs, large batches have travelled less far when gradients are averaged: ${span(averaged)} at rate ${formatRate(rates.mean[1])}, a slope of ${slope("mean")} on logarithmic axes. They make fewer steps, and each is no longer.`,
		`Summed over the batch, at rate ${formatRate(rates.sum[1])}, it is ${span(summed)}, a slope of ${slope("sum")}: a step grows with its batch, and that about makes up for the fewer steps.`,
		`After the same ${steps} steps, distances are ${apart.join(", ")}. Noise makes the steps of small batches longer; how much of that adds up to distance, these ratios show.`,
		`The first plain step is as long as η‖g‖, to a relative ${formatNumber(figures.firstStepOff)}; after ${steps} steps the distance is ${formatEstimate(averaged[averaged.length - 1].straightness)} of the summed lengths with the full batch and ${formatEstimate(averaged[0].straightness)} with batches of ${formatCount(batchSizes[0])}: steps partly undo each other.`,
	];
}
