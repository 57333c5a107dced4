import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { estimateOf, finite, nothing } from "../lab/estimates.js";
import { when } from "../lab/say.js";
import { margin } from "./claims.js";
import type { Figures } from "./figures.js";
import type { SamplerName } from "./problems.js";
import { examplesOf, type Settings } from "./settings.js";

export function words(figures: Figures, { hover, converge, race, leastSquares }: Settings): readonly string[] {
	const shares = converge.shares.filter((share) => share < 1);
	const farthest = Math.max(...figures.settled.filter(({ share }) => share < 1).map(({ left }) => estimateOf(left)));
	const [rate] = hover.rates;
	const examples = examplesOf(leastSquares);
	const balls = figures.balls.filter((one) => one.learningRate === rate && one.examples === examples);
	const radius = (sampler: SamplerName, batchSize: number) =>
		formatEstimate(balls.find((one) => one.sampler === sampler && one.batchSize === batchSize)?.radius ?? nothing);
	const [least, most] = [hover.batchSizes[0], hover.batchSizes[hover.batchSizes.length - 1]];
	const known = figures.balls.filter(({ expected }) => expected !== null);
	const off = Math.max(...known.map(({ ratio }) => Math.abs(estimateOf(ratio) - 1)));
	const [replacing, reshuffled] = figures.fromFewToMany;
	const missed = figures.tight.filter(({ learningRate }) => learningRate === null).map(({ batchSize }) => formatCount(batchSize));
	const tooFarOut = ` To a tight one (${race.targets[1]}) batches of ${missed.join(", ")} don't come within ${race.epochs} epochs at any single rate, since they hover too far out.`;
	const [smallest, full] = [figures.loose[0], figures.loose[figures.loose.length - 1]];
	return [
		`The full batch ${farthest <= margin.reached ? "ends at the optimum" : "is still on its way to the optimum"}; at a constant rate a batch of ${least} hovers at ${radius("with-replacement", least)} from it, one of ${most} at ${radius("with-replacement", most)}.`,
		`After ${formatCount(converge.steps)} steps at ${shares.join(" and ")} of 2/L the full batch's distance has fallen by ${formatNumber(finite(-farthest))} powers of ten where it fell least. The hovering is at rate ${formatRate(rate)}, drawn with replacement; in reshuffled epochs it is at ${radius("reshuffle", least)} and ${radius("reshuffle", most)}. With replacement the closed form predicts the distance to within ${formatNumber(finite(100 * off))} %, with nothing fitted.`,
		`From the fewest examples to the most the radius changes by a factor of ${formatEstimate(replacing.sameShare)} at the same B/N and ${formatEstimate(replacing.sameSize)} at the same B (with replacement); in reshuffled epochs by ${formatEstimate(reshuffled.sameShare)} and ${formatEstimate(reshuffled.sameSize)}. A ratio of 1 marks what sets it.`,
		`To a loose target (${race.targets[0]} of the excess loss left) a batch of ${formatCount(smallest.batchSize)} takes ${formatEstimate(smallest.examples)} examples and ${formatEstimate(smallest.steps)} steps, the full batch ${formatEstimate(full.examples)} and ${formatEstimate(full.steps)}.${when(missed.length > 0, tooFarOut)}`,
	];
}
