import type { Estimate } from "../../analysis/findings.js";
import { formatCount, formatEstimate, formatNumber, formatPercent, formatRate } from "../../words/numbers.js";
import type { Verdict } from "../claims/claim.js";
import { decayMatters, growthIsDecay, lacks, recovers } from "./claims.js";
import { type Figures, meanCurve } from "./figures.js";
import type { Settings } from "./settings.js";

const same: Readonly<Record<Verdict, string>> = {
	supported: "does what",
	refuted: "does not do what",
	undecided: "may or may not do what",
};
const recovered: Readonly<Record<Verdict, string>> = {
	supported: "recovers",
	refuted: "does not recover",
	undecided: "may or may not recover",
};

export function wordsOf(figures: Figures, { calming, switching }: Settings): readonly string[] {
	const { calmed, switched, raise, arms } = figures;
	const arm = (name: string) => arms.find((one) => one.name === name);
	const updates = (name: string) => arm(name)?.updates ?? Number.NaN;
	const [matters, gap] = [decayMatters(figures), lacks(figures)];
	const share = (100 * calming.batchSize * calming.factor ** calming.marks.length) / calming.examples;
	const farthest = farthestApart(figures, "batch grows", "rate decays");
	const { low, high } = calmed["batch grows"].validationLoss;
	const left = (low ?? 1) > 1 || (high ?? 1) < 1 ? " Some difference is left at the end: its interval leaves out 1." : "";
	const better = (way: Estimate) =>
		way.low !== null && way.low > 0 ? "higher than" : way.high !== null && way.high < 0 ? "lower than" : "no different from";
	return [
		`Growing the batch ${same[growthIsDecay(figures)]} decaying the learning rate does: the held-out loss at the end is ${formatEstimate(calmed["batch grows"].validationLoss)} times as high, with ${formatNumber(updates("rate decays") / updates("batch grows"))} times fewer updates (${formatCount(updates("batch grows"))} instead of ${formatCount(updates("rate decays"))}).${matters === "supported" ? "" : " But the decay itself makes too little difference here for that to mean much."}`,
		`Left alone, the rate of ${formatRate(calming.learningRate)} ends at a held-out loss ${formatEstimate(calmed.constant.validationLoss)} times the decayed one's, and half of each change at ${formatEstimate(calmed["half and half"].validationLoss)} times. Epoch by epoch, the mean training losses of growing and decaying differ by ${formatNumber(100 * (farthest - 1))} % at most; the last batch is ${formatNumber(share)} % of the training set.${left}`,
		gap === "supported"
			? `A batch of ${formatCount(switching.large)} at a small batch's rate falls behind, by ${formatPercent(negated(switched.wentOn.accuracy))} of held-out accuracy after ${switching.epochs} epochs. Changed to batches of ${switching.small} halfway it ${recovered[recovers(figures, "small")]} (accuracy less that of the small batch from the start: ${formatPercent(switched.small.accuracy)}); with its rate raised ${raise.factor} times instead it ${recovered[recovers(figures, "raised")]} (${formatPercent(switched.raised.accuracy)}).${raise.atEdge ? " That raise is at the edge of those tried." : ""}`
			: `A batch of ${formatCount(switching.large)} at a small batch's rate does not fall behind by enough to ask whether it recovers: its held-out accuracy less the small one's is ${formatPercent(switched.wentOn.accuracy)}.`,
		`The held-out loss after the switch is ${formatEstimate(switched.small.validationLoss)} times that of the small batch throughout, after the raise ${formatEstimate(switched.raised.validationLoss)} times; the accuracy after the raise is ${better(switched.raised.accuracy)} the small batch's.`,
	];
}

const negated = ({ estimate, low, high }: Estimate): Estimate => {
	const minus = (x: number | null) => (x === null ? null : -x);
	return { estimate: minus(estimate), low: minus(high), high: minus(low) };
};

/** The largest factor between the mean training losses of two arms at the end of any epoch. */
function farthestApart({ runs }: Figures, name: string, other: string): number {
	const [own, its] = [name, other].map((one) => meanCurve(runs.get(one) ?? [], "trainLoss"));
	return Math.exp(Math.max(...own.map(([, loss], epoch) => Math.abs(Math.log(loss / (its[epoch]?.[1] ?? loss))))));
}
