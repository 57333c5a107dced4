import { describeGoal } from "../../core/goal.js";
import { formatCount, formatEstimate } from "../../words/numbers.js";
import { allOf, type Verdict, verdictAbove, verdictBelow, verdictWithin } from "../claims/claim.js";
import { headlineOf } from "../claims/headline.js";
import { margins } from "../claims/margins.js";
import { logOf, nothing, shifted } from "../lab/estimates.js";
import { say, unclear } from "../lab/say.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, family } from "./figures.js";
import type { Settings } from "./settings.js";

const margin = margins.iterations;

/** The claims' verdicts: the words of the conclusion are made from them as well. */
export interface Verdicts {
	readonly fullBatch: Verdict;
	readonly middle: Verdict;
	readonly perEpoch: Verdict;
	readonly perStep: Verdict;
	readonly curve: Verdict;
	readonly prediction: Verdict;
}

export const verdictsOf = ({ fullBatch, middle, order, slopes, prediction }: Figures): Verdicts => ({
	fullBatch: verdictAbove(fullBatch, margin.pays),
	middle: middle === null ? "undecided" : allOf(verdictAbove(middle.smallest, 1), verdictAbove(middle.largest, 1)),
	perEpoch: verdictAbove(order.examples, margin.faster),
	perStep: verdictBelow(order.steps, 1 / margin.faster),
	curve: allOf(verdictWithin(shifted(slopes.small, 1), margin.slope), verdictAbove(slopes.large, -margin.slope)),
	prediction: prediction === null ? "undecided" : verdictWithin(logOf(prediction.ratio), Math.log(margin.prediction)),
});

export function findings(figures: Figures, settings: Settings) {
	const { fullBatch, middle, order, slopes, prediction } = figures;
	const { study, examples, reference } = settings;
	const verdicts = verdictsOf(figures);
	const [first, last] = [study.batchSizes[0], study.batchSizes[study.batchSizes.length - 1]].map(formatCount);
	const goal = describeGoal(study.goal);
	const { tuning, selecting, reporting } = study.seeds;
	const evidence = `${describeWorkload(study.workload)}, N = ${formatCount(examples)}, to a ${goal}, rates tuned per size on ${tuning} seeds, chosen on ${selecting} others, reported on ${reporting} fresh ones; medians, intervals simultaneous over ${family}.`;
	const { criticalBatchSize, exponent, verdict: fitted } = figures.findings.fit;
	const reversed = say(verdicts.perStep, "the order is reversed", "the order is not reversed", unclear("the order is reversed"));
	const order22 = [
		{ when: { "counted in": "counted in epochs" }, verdict: verdicts.perEpoch, interval: order.examples },
		{ when: { "counted in": "counted in steps" }, verdict: verdictAbove(order.steps, margin.faster), interval: order.steps },
	];
	return {
		C8: {
			verdict: verdicts.fullBatch,
			effect: `examples to a ${goal} at B = N over those at B = ${formatCount(reference)}, above ${margin.pays}`,
			interval: fullBatch,
			evidence: `${evidence} N is ${formatCount(Math.round(examples / reference))} times that batch`,
		},
		C21: {
			verdict: verdicts.middle,
			effect: `seconds to a ${goal} at B = ${first} over those at the size between the ends that was fastest on the tuning seeds, above 1; and the same at B = ${last}${middle === null ? "" : `: ${formatEstimate(middle.largest)}`}`,
			interval: middle?.smallest ?? nothing,
			evidence: `${evidence} ${middle === null ? "No size between the ends reached the goal and was timed" : `That size is ${formatCount(middle.batchSize)}; steps times the measured time per step, on one thread of this machine`}`,
		},
		C22: {
			verdict: headlineOf(order22).verdict,
			effect: `epochs to a ${goal} at B = ${last} over those at B = ${first}, above ${margin.faster}`,
			interval: order.examples,
			evidence: `${evidence} In steps the ratio is ${formatEstimate(order.steps)}: ${reversed} (below 1/${margin.faster})`,
			cells: order22,
		},
		C41: {
			verdict: verdicts.curve,
			effect: `slope of log steps against log batch size over the three smallest sizes, −1 ± ${margin.slope}; and at the largest, above −${margin.slope}: ${formatEstimate(slopes.large)}`,
			interval: slopes.small,
			evidence: `${evidence} With a free exponent the fit's is ${formatEstimate(exponent)}, 1 for the hyperbola: ${fitted}`,
		},
		C44: {
			verdict: verdicts.prediction,
			effect: `gradient noise scale along the runs of the size nearest to the measured critical batch size, over that, between 1/${margin.prediction} and ${margin.prediction}`,
			interval: prediction?.ratio ?? nothing,
			evidence: `${evidence} ${prediction === null ? "The runs show no critical batch size to compare it with" : `Noise scale ${formatEstimate(prediction.noise.mean)} over the runs of B = ${formatCount(prediction.noise.batchSize)} (${formatEstimate(prediction.noise.start)} at the start, ${formatEstimate(prediction.noise.end)} at the end); measured ${formatEstimate(criticalBatchSize)}`}`,
		},
	};
}
