import type { NetworkWorkload } from "../../study/study.js";
import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import { allOf, type Verdict, verdictAbove, verdictBelow, verdictWithin } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { finite, logOf } from "../lab/estimates.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, family } from "./figures.js";
import type { Settings } from "./settings.js";

const margin = margins.schedules;

/** The verdict, where there is something to give one on. */
const where = (there: Verdict, verdict: Verdict): Verdict => (there === "supported" ? verdict : "undecided");

/** Whether decaying the rate changes the held-out loss at all: the assay without which sameness means nothing. */
export const decayMatters = ({ calmed }: Figures): Verdict => verdictAbove(calmed.constant.validationLoss, margin.loss);

export const growthIsDecay = ({ calmed }: Figures): Verdict =>
	verdictWithin(logOf(calmed["batch grows"].validationLoss), Math.log(margin.loss));

/** Whether the large batch, going on, falls behind by more than the margin. */
export const lacks = ({ switched }: Figures): Verdict => verdictBelow(switched.wentOn.accuracy, -margin.accuracy);

export const recovers = (figures: Figures, how: "small" | "raised"): Verdict =>
	verdictAbove(figures.switched[how].accuracy, -margin.accuracy);

export function findings(figures: Figures, settings: Settings) {
	const { calming, switching, seeds } = settings;
	const { calmed, switched, raise } = figures;
	const setting = (workload: NetworkWorkload) =>
		`${describeWorkload(workload)}; ${seeds.reporting} seeds, intervals simultaneous over ${family}`;
	const updates = (name: string) => formatCount(finite(figures.arms.find((arm) => arm.name === name)?.updates ?? Number.NaN));
	const worse = (switched.small.accuracy.estimate ?? 0) < (switched.raised.accuracy.estimate ?? 0) ? switched.small : switched.raised;
	return {
		C42: {
			verdict: where(decayMatters(figures), growthIsDecay(figures)),
			effect: `held-out loss after growing the batch ${calming.factor}-fold twice over that after dividing the rate by ${calming.factor} twice, within a factor of ${margin.loss}; asked only where the constant rate's is more than ${margin.loss} times the decayed rate's`,
			interval: calmed["batch grows"].validationLoss,
			evidence: `${setting(calming.workload)}; ${calming.epochs} epochs from B = ${calming.batchSize} and rate ${formatRate(calming.learningRate)}, changes after ${calming.marks.join(" and ")}, not tuned. The constant rate's held-out loss is ${formatEstimate(calmed.constant.validationLoss)} times the decayed rate's, that of half and half ${formatEstimate(calmed["half and half"].validationLoss)}. Held-out accuracy of growing less that of decaying: ${formatPercent(calmed["batch grows"].accuracy)}. Updates: ${updates("batch grows")} instead of ${updates("rate decays")}`,
		},
		C43: {
			verdict: where(lacks(figures), allOf(recovers(figures, "small"), recovers(figures, "raised"))),
			effect: `held-out accuracy after a change at epoch ${switching.at} of ${switching.epochs}, to the small batch and to a larger rate, less that of the small batch from the start, both above −${margin.accuracy}; asked only where going on lies below; the lower one is shown`,
			interval: worse.accuracy,
			evidence: `${setting(switching.workload)}; B = ${formatCount(switching.large)} and ${switching.small}, both at rate ${formatRate(switching.learningRate)} (not tuned per size). Going on: ${formatPercent(switched.wentOn.accuracy)}. Switched to B = ${switching.small}: ${formatPercent(switched.small.accuracy)}. Rate raised ${raise.factor} times (the best of ${switching.raises.join(", ")} on ${seeds.tuning} other seeds): ${formatPercent(switched.raised.accuracy)}`,
		},
	};
}
