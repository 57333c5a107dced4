import { formatCount, formatEstimate, formatRate } from "../../words/numbers.js";
import { verdictAbove } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, family } from "./figures.js";
import type { Settings } from "./settings.js";

export const margin = margins.learningRate;

export function findings({ restored: [first, other] }: Figures, { workload, examples, restore, epochs, seeds }: Settings) {
	const large = formatCount(restore.batchSize);
	const stepsAnEpoch = Math.floor(examples / restore.batchSize);
	return {
		C27: {
			verdict: verdictAbove(first.after, margin.restored),
			effect: `distance from the initial weights of B = ${large} at rate ${formatRate(first.learningRate * restore.factor)} over that of B = ${restore.reference} at rate ${formatRate(first.learningRate)}, after ${epochs} epochs, above ${margin.restored}`,
			interval: first.after,
			evidence: `${describeWorkload(workload)}, whole batches only; N = ${formatCount(examples)}, so that B = ${large} makes ${stepsAnEpoch === 1 ? "one step" : `${formatCount(stepsAnEpoch)} steps`} an epoch; ${seeds.reporting} seeds, rates as published (not tuned per size), intervals simultaneous over ${family}. At the rate itself the ratio is ${formatEstimate(first.before)}. From rate ${formatRate(other.learningRate)} it is ${formatEstimate(other.before)}, and raised ${formatEstimate(other.after)}`,
		},
	};
}
