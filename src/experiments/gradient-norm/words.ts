import type { Estimate } from "../../analysis/findings.js";
import { formatEstimate, formatNumber } from "../../words/numbers.js";
import { estimateOf, finite } from "../lab/estimates.js";
import { type Figures, type Slope, type Stage, slopeOf } from "./figures.js";

export function words({ early, late, paths }: Figures): readonly string[] {
	const span = (times: (batchSize: number) => number) =>
		[early, late]
			.map(({ sizes, epochs }) => {
				const ends = [sizes[0], sizes[sizes.length - 1]].map(({ mean, batchSize }) => formatNumber(mean * times(batchSize)));
				return `${ends.join(" to ")} after ${epochs} epochs`;
			})
			.join(" and ");
	// The full batch is left out: there the two are the same figure, but for rounding.
	const ratios = [early, late].flatMap(({ sizes }) => sizes.slice(0, -1).map(({ ratio }) => ratio));
	const held = ratios.filter(({ low, high }) => low !== null && high !== null && low <= 1 && high >= 1).length;
	const off = Math.max(...ratios.map((ratio) => Math.abs(estimateOf(ratio) - 1)));
	const slope = (stage: Stage, over: Slope["over"]) => formatEstimate(slopeOf(stage, "sum", over).measured);
	const gap = (values: readonly Estimate[]) => formatNumber(finite(Math.max(...values.map(estimateOf))));
	return [
		`Both, depending on what is done with the batch: averaged over it, the mean norm falls from batches of one to the full batch (${span(() => 1)}); summed over it, it grows (${span((batchSize) => batchSize)}).`,
		`Noise that averages out accounts for both: with nothing fitted, the mean squared norm of the averaged gradient should be |G|² + (1/B − 1/N)·tr(Σ), and ${held} of ${ratios.length} measured ones agree with that within their intervals; the farthest is ${formatNumber(finite(100 * off))} % off.`,
		`So the squared norm of the sum is linear in the batch size only where noise outweighs the gradient: its slope on logarithmic axes is ${slope(early, "small")} over the smallest sizes, ${slope(early, "large")} over the largest and ${slope(early, "all")} over all after ${early.epochs} epochs, ${slope(late, "all")} after ${late.epochs}. The two are equal at the noise scale, ${formatEstimate(early.noiseScale)} examples early and ${formatEstimate(late.noiseScale)} late.`,
		`Plain SGD with summed gradients at η/B ends where averaged ones at η end, to ${gap(paths.map(({ whole }) => whole))} of the way, as long as every batch is whole; a partial last batch takes them ${gap(paths.map(({ partial }) => partial))} of the way apart.`,
	];
}
