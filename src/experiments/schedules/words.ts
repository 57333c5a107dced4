import { formatCount, formatEstimate, formatNumber, formatPercent, formatRate } from "../../words/numbers.js";
import { finite, isAbove, isBelow, negated } from "../lab/estimates.js";
import { say, when } from "../lab/say.js";
import { decayMatters, growthIsDecay, lacks, recovers } from "./claims.js";
import { type Figures, meanCurve } from "./figures.js";
import type { Settings } from "./settings.js";

export function words(figures: Figures, { calming, switching }: Settings): readonly string[] {
	const { calmed, switched, raise, arms } = figures;
	const updates = (name: string) => arms.find((one) => one.name === name)?.updates ?? Number.NaN;
	const [grown, decayed] = [updates("batch grows"), updates("rate decays")];
	const grownLoss = calmed["batch grows"].validationLoss;
	const does = say(growthIsDecay(figures), "does what", "does not do what", "may or may not do what");
	const idle = when(decayMatters(figures) !== "supported", " But the decay itself makes too little difference here for that to mean much.");
	const share = (100 * calming.batchSize * calming.factor ** calming.marks.length) / calming.examples;
	const differs = isAbove(grownLoss, 1) || isBelow(grownLoss, 1);
	const recovered = (how: "small" | "raised") => say(recovers(figures, how), "recovers", "does not recover", "may or may not recover");
	const behind = `A batch of ${formatCount(switching.large)} at a small batch's rate falls behind, by ${formatPercent(negated(switched.wentOn.accuracy))} of held-out accuracy after ${switching.epochs} epochs. Changed to batches of ${switching.small} halfway it ${recovered("small")} (accuracy less that of the small batch from the start: ${formatPercent(switched.small.accuracy)}); with its rate raised ${raise.factor} times instead it ${recovered("raised")} (${formatPercent(switched.raised.accuracy)}).${when(raise.atEdge, " That raise is at the edge of those tried.")}`;
	const level = `A batch of ${formatCount(switching.large)} at a small batch's rate does not fall behind by enough to ask whether it recovers: its held-out accuracy less the small one's is ${formatPercent(switched.wentOn.accuracy)}.`;
	const raised = switched.raised.accuracy;
	const better = isAbove(raised, 0) ? "higher than" : isBelow(raised, 0) ? "lower than" : "no different from";
	return [
		`Growing the batch ${does} decaying the learning rate does: the held-out loss at the end is ${formatEstimate(grownLoss)} times as high, with ${formatNumber(finite(decayed / grown))} times fewer updates (${formatCount(finite(grown))} instead of ${formatCount(finite(decayed))}).${idle}`,
		`Without a change, rate ${formatRate(calming.learningRate)} ends at a held-out loss ${formatEstimate(calmed.constant.validationLoss)} times the decayed one's; half of each change ends at ${formatEstimate(calmed["half and half"].validationLoss)} times. Epoch by epoch, the mean training losses of growing and decaying differ by ${formatNumber(finite(100 * (farthestApart(figures, "batch grows", "rate decays") - 1)))} % at most; the last batch is ${formatNumber(share)} % of the training set.${when(differs, " Some difference is left at the end: its interval excludes 1.")}`,
		lacks(figures) === "supported" ? behind : level,
		`The held-out loss after the switch is ${formatEstimate(switched.small.validationLoss)} times that of the small batch throughout, after the raise ${formatEstimate(switched.raised.validationLoss)} times; the accuracy after the raise is ${better} the small batch's.`,
	];
}

/** The largest factor between the mean training losses of two arms at the end of any epoch. */
function farthestApart({ runs }: Figures, name: string, other: string): number {
	const [own, its] = [name, other].map((one) => meanCurve(runs.get(one) ?? [], "trainLoss"));
	return Math.exp(Math.max(...own.map(([, loss], epoch) => Math.abs(Math.log(loss / (its[epoch]?.[1] ?? loss))))));
}
