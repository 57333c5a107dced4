import type { Estimate, Fit } from "../../analysis/findings.js";
import { describeGoal } from "../../core/goal.js";
import { formatCount, formatEstimate, formatRate } from "../../words/numbers.js";
import type { Verdict } from "../claims/claim.js";
import { verdictsOf } from "./claims.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

/** The result in plain words; the first sentence answers the question. */
export function wordsOf(figures: Figures, settings: Settings): readonly string[] {
	const verdicts = verdictsOf(figures);
	return [
		curveWords(figures, settings, verdicts.curve),
		fitWords(figures.findings.fit),
		predictionWords(figures, verdicts.prediction),
		orderWords(figures, settings),
		examplesWords(figures, settings, verdicts.fullBatch),
		timeWords(figures, settings, verdicts.middle),
		choiceWords(figures),
	].filter((words) => words !== "");
}

function curveWords({ findings, slopes }: Figures, { study }: Settings, verdict: Verdict): string {
	const { tradeoff } = findings;
	const reached = tradeoff.filter(({ outcome }) => outcome === "reached");
	const missed = tradeoff.filter(({ outcome }) => outcome !== "reached").map(({ batchSize }) => formatCount(batchSize));
	if (reached.length === 0)
		return `No batch size reached a ${describeGoal(study.goal)}: nothing can be said of steps, examples or seconds to it.`;
	const [first, last] = [reached[0], reached[reached.length - 1]];
	const stepsAt = ({ steps }: typeof first) => formatEstimate(asEstimate(steps));
	const shape: Readonly<Record<Verdict, string>> = {
		supported: "they fall in proportion to the batch size, bend, and flatten",
		refuted: "they do not fall in proportion to the batch size and then flatten",
		undecided: "whether they fall in proportion to the batch size and then flatten, these runs cannot tell",
	};
	const without = missed.length === 0 ? "" : ` Not reached at ${missed.join(", ")}.`;
	return `Steps to a ${describeGoal(study.goal)} go from ${stepsAt(first)} at a batch of ${formatCount(first.batchSize)} to ${stepsAt(last)} at ${formatCount(last.batchSize)}, and ${shape[verdict]}: the slope on logarithmic axes is ${formatEstimate(slopes.small)} at the small sizes and ${formatEstimate(slopes.large)} at the large ones (−1: twice the batch, half the steps; 0: nothing saved).${without}`;
}

function fitWords({ verdict, minSteps, minExamples, criticalBatchSize, exponent }: Fit): string {
	if (verdict === "too few sizes") return "Too few sizes reached the goal for a curve to be fitted.";
	const told: Readonly<Record<Exclude<Fit["verdict"], "too few sizes">, string>> = {
		hyperbola: "the hyperbola S = S_min (1 + B_crit/B) holds",
		"not a hyperbola": "the hyperbola S = S_min (1 + B_crit/B) does not hold, and its figures are rough",
		"no bend in the range tried": "no bend is seen in the range tried",
	};
	return `Fitted to the single runs, ${told[verdict]}: a critical batch size of ${formatEstimate(criticalBatchSize)}, at least ${formatEstimate(minSteps)} steps however large the batch and ${formatEstimate(minExamples)} examples however small, and an exponent of ${formatEstimate(exponent)} where it is left free.`;
}

function predictionWords({ prediction, noise }: Figures, verdict: Verdict): string {
	if (prediction === null) return "Without a critical batch size there is nothing that the gradient noise scale could predict.";
	const told: Readonly<Record<Verdict, string>> = {
		supported: "it predicts that within a factor of two",
		refuted: "it does not predict that within a factor of two",
		undecided: "whether that is within a factor of two, these runs cannot tell",
	};
	const [first, last] = [noise[0], noise[noise.length - 1]];
	return `The gradient noise scale, measured within runs of batch size ${formatCount(prediction.noise.batchSize)}, is ${formatEstimate(prediction.noise.mean)}, which is ${formatEstimate(prediction.ratio)} times the measured critical batch size; ${told[verdict]}. It depends on where it is measured: ${formatEstimate(prediction.noise.start)} at those runs' start, ${formatEstimate(prediction.noise.end)} at their end; along runs of ${formatCount(first.batchSize)} ${formatEstimate(first.mean)}, of ${formatCount(last.batchSize)} ${formatEstimate(last.mean)}.`;
}

function orderWords(figures: Figures, { study }: Settings): string {
	const { perEpoch, perStep } = verdictsOf(figures);
	const { examples, steps } = figures.order;
	if (examples.estimate === null) return "";
	const last = formatCount(study.batchSizes[study.batchSizes.length - 1]);
	const epochs: Readonly<Record<Verdict, string>> = {
		supported: "the smaller batch trains faster",
		refuted: "the smaller batch does not train faster",
		undecided: "these runs cannot tell whether the smaller batch trains faster",
	};
	const inSteps: Readonly<Record<Verdict, string>> = {
		supported: "the larger does",
		refuted: "the larger does not either",
		undecided: "they cannot tell whether the larger does",
	};
	return `Counted in epochs ${epochs[perEpoch]}: a batch of ${last} takes ${formatEstimate(examples)} times those of one of ${formatCount(study.batchSizes[0])}. Counted in steps ${inSteps[perStep]}: ${formatEstimate(steps)} times.`;
}

function examplesWords({ fullBatch }: Figures, { reference }: Settings, verdict: Verdict): string {
	if (fullBatch.estimate === null) return "";
	const told: Readonly<Record<Verdict, string>> = {
		supported: "so it does not pay",
		refuted: "less than twice as many",
		undecided: "whether that is twice as many, these runs cannot tell",
	};
	return `The full batch uses ${formatEstimate(fullBatch)} times the examples of a batch of ${formatCount(reference)}; ${told[verdict]}.`;
}

function timeWords({ middle }: Figures, { study }: Settings, verdict: Verdict): string {
	if (middle === null) return "";
	const { batchSizes } = study;
	const told: Readonly<Record<Verdict, string>> = {
		supported: "time has its minimum between the ends",
		refuted: "time has no minimum between the ends",
		undecided: "these runs cannot tell whether time has its minimum between the ends",
	};
	return `On this machine ${told[verdict]}: a batch of ${formatCount(batchSizes[0])} takes ${formatEstimate(middle.smallest)} times, and one of ${formatCount(batchSizes[batchSizes.length - 1])} ${formatEstimate(middle.largest)} times, as long as one of ${formatCount(middle.batchSize)}.`;
}

function choiceWords({ findings: { recommendation, tradeoff } }: Figures): string {
	const { batchSize, learningRate, indistinguishable, verdict } = recommendation;
	const edges = tradeoff.filter(({ atEdge }) => atEdge).map((row) => formatCount(row.batchSize));
	const edge = edges.length === 0 ? "" : ` The best rate of ${edges.join(", ")} lies at the edge of those searched.`;
	if (batchSize === null || learningRate === null) return edge.trim();
	const others = indistinguishable.filter((size) => size !== batchSize).map(formatCount);
	return `Weighing time and examples alike, ${formatCount(batchSize)} at rate ${formatRate(learningRate)} is ${verdict === "found" ? "within a quarter of the best" : "the best guess"}${
		others.length === 0 ? "" : `; ${others.join(", ")} could as well be`
	}.${edge}`;
}

/** A median as the writing takes it. */
export const asEstimate = ({ median, low, high }: { readonly median: number | null } & Pick<Estimate, "low" | "high">): Estimate => ({
	estimate: median,
	low,
	high,
});
