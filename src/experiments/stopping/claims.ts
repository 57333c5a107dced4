import { formatCount, formatNumber, formatPercent } from "../../words/numbers.js";
import { allOf, invariant, verdictAbove, verdictBelow } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { nothing } from "../lab/estimates.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import { describeWorkload } from "../lab/workloads.js";
import { choiceOf, type Figures, family, rowOf } from "./figures.js";
import { ruleInWords } from "./rules.js";
import type { Settings } from "./settings.js";

export const margin = margins.stopping;

export function findings(figures: Figures, settings: Settings) {
	const { regularizers, moderate, rules, batchSizes, examples, few, epochs, seeds, cases } = settings;
	const [, regularizer] = regularizers;
	const rule = ruleInWords(rules[0]);
	const setting = `${describeWorkload(settings.workload)}; N = ${formatCount(examples)}, ${formatNumber(100 * few.wrongLabels)} % of the training labels wrong, ${epochs} epochs, the rate of lowest training loss at each batch size, with and without ${regularizer}, tuned on ${seeds.tuning} seeds and reported from ${seeds.reporting} others, intervals simultaneous over ${family}`;
	const [epoch, size, both] = (["epoch", "batch size", "both"] as const).map((of) => choiceOf(figures, of)?.inflation ?? nothing);
	const gainOf = (of: Regularizer, batchSize: number, right = false) => rowOf(figures, of, batchSize, right)?.rules[0].gain ?? nothing;
	const gains = (of: Regularizer) =>
		batchSizes.map((batchSize) => `${formatPercent(gainOf(of, batchSize))} at B = ${formatCount(batchSize)}`).join(", ");
	const [without, regularized] = [gainOf("none", moderate), gainOf(regularizer, moderate)];
	return {
		C12: {
			verdict: allOf(verdictBelow(epoch, margin.inflation), verdictBelow(size, margin.inflation)),
			effect: `accuracy on the set used for a choice minus accuracy on the other held-out set; it must be below ${margin.inflation} both for choosing the epoch (mean over batch sizes, shown) and for choosing the batch size`,
			interval: epoch,
			evidence: `${setting}; without regularizer. For the batch size: ${formatPercent(size)}; for epoch and batch size together: ${formatPercent(both)}. Intervals are over seeds, on these two sets`,
		},
		C37: invariant(
			"constructed curves on which patience, targets and budgets must stop at a known epoch and keep known weights",
			figures.constructed.every(({ right }) => right === cases),
			figures.constructed.map(({ of, right }) => `${of}: ${formatCount(right)} of ${formatCount(cases)}`).join(", "),
		),
		C40: {
			verdict: allOf(verdictAbove(without, margin.accuracy), verdictBelow(regularized, margin.accuracy)),
			effect: `gain in test accuracy by a ${rule} at B = ${moderate}: it must be at least ${margin.accuracy} without a regularizer (shown) and less than that with ${regularizer}`,
			interval: without,
			evidence: `${setting}. With ${regularizer}: ${formatPercent(regularized)}. Without: ${gains("none")}; with: ${gains(regularizer)}. With every label right, at B = ${moderate}: ${formatPercent(gainOf("none", moderate, true))} without, ${formatPercent(gainOf(regularizer, moderate, true))} with`,
		},
	};
}
