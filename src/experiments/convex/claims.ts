import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import { allOf, verdictAbove, verdictBelow, verdictWithin } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { greatest, logOf } from "../lab/estimates.js";
import { eachSize } from "../lab/say.js";
import { type Figures, familyOf, type Harm } from "./figures.js";
import type { Settings } from "./settings.js";

export const margin = margins.convex;

const problems =
	"least squares on 160 and L2-regularized logistic regression on 800 made training examples, 5 weights, and on the 1,087 handwritten digits (even or odd), 65 weights; plain SGD, averaged over the batch";

const samplerOf = ({ sampler }: Harm): string => (sampler === "reshuffle" ? "reshuffled" : "with replacement");

export function findings(figures: Figures, settings: Settings) {
	const { hover, race, converge } = settings;
	const rate = formatRate(hover.rates[0]);
	const family = `${settings.seeds} seeds with data of their own, intervals simultaneous over ${familyOf(settings)}`;
	const below = figures.settled.filter(({ share }) => share < 1);
	const above = figures.settled.filter(({ share }) => share >= 1);
	const [replacing, reshuffled] = figures.fromFewToMany;
	const [few, many] = [hover.sameShare[0], hover.sameShare[hover.sameShare.length - 1]];
	const worst = greatest(figures.harm, ({ excessError }) => excessError.high ?? 0);
	return {
		C17: {
			verdict: allOf(...below.map(({ left }) => verdictBelow(left, margin.reached))),
			effect: `decimal logarithm of the distance from the exact optimum after ${formatCount(converge.steps)} full-batch steps at ${converge.shares.filter((share) => share < 1).join(" and ")} of 2/L over that at the start, below ${margin.reached} on every problem; the slowest is shown`,
			interval: greatest(below, ({ left }) => left.high ?? Number.POSITIVE_INFINITY).left,
			evidence: `${problems}; ${family}. Above 2/L: ${above.map(({ problem, share, diverged, runs }) => `${problem} at ${share} of it, ${diverged} of ${runs} diverged`).join("; ")}. L bounds the curvature everywhere: least squares has it everywhere, the logistic loss has less near its optimum`,
		},
		C18: {
			verdict: verdictAbove(figures.looseSlope, margin.slope),
			effect: `slope of the examples until ${race.targets[0]} of the initial excess loss is left against B, both logarithmic, above ${margin.slope}`,
			interval: figures.looseSlope,
			evidence: `least squares, 160 training examples, reshuffled epochs; best of ${race.rates.length} rates at every batch size, at most ${race.epochs} epochs; ${family}. In steps: ${eachSize(figures.loose, ({ steps }) => formatEstimate(steps))}. To ${race.targets[1]} of it, examples: ${eachSize(figures.tight, ({ examples }) => (examples.estimate === null ? "not reached" : formatEstimate(examples)))}`,
		},
		C19: {
			verdict: verdictWithin(logOf(replacing.sameShare), Math.log(margin.collapse)),
			effect: `radius of the ball with N = ${many.examples}, B = ${many.batchSize} over that with N = ${few.examples}, B = ${few.batchSize}: the same B/N, so within a factor of ${margin.collapse} if B/N sets it; drawn with replacement`,
			interval: replacing.sameShare,
			evidence: `least squares, rate ${rate}; ${family}. At the same B = ${hover.sameSize} the ratio is ${formatEstimate(replacing.sameSize)}. In reshuffled epochs: ${formatEstimate(reshuffled.sameShare)} at the same B/N, ${formatEstimate(reshuffled.sameSize)} at the same B`,
		},
		C20: {
			verdict: allOf(...figures.harm.map(({ excessError }) => verdictBelow(excessError, margin.harm))),
			effect: `validation error of hovering weights less that of the optimum, a share of the examples, below ${margin.harm} at every batch size and for both samplers; the worst is shown, B = ${worst.batchSize}, ${samplerOf(worst)}`,
			interval: worst.excessError,
			evidence: `L2-regularized logistic regression, 800 training and 200 validation examples, rate ${rate} (not tuned per size); ${family}. On the handwritten digits (even or odd), where every seed has the same examples: ${figures.realHarm.map((one) => `B = ${one.batchSize}, ${samplerOf(one)}: ${formatPercent(one.excessError)}`).join("; ")}`,
		},
	};
}
