import type { Estimate, Fit } from "../../analysis/findings.js";
import { describeGoal } from "../../core/goal.js";
import type { Verdict } from "../claims/claim.js";
import type { Writing } from "../experiment.js";
import { verdictsOf } from "./claims.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

/** The result in plain words; the first sentence answers the question. */
export function wordsOf(figures: Figures, settings: Settings, write: Writing): readonly string[] {
	const verdicts = verdictsOf(figures);
	return [
		curveWords(figures, settings, write, verdicts.curve),
		fitWords(figures.findings.fit, write),
		predictionWords(figures, write, verdicts.prediction),
		orderWords(figures, settings, write),
		examplesWords(figures, settings, write, verdicts.fullBatch),
		timeWords(figures, settings, write, verdicts.middle),
		choiceWords(figures, write),
	].filter((words) => words !== "");
}

function curveWords({ findings, slopes }: Figures, { study }: Settings, write: Writing, verdict: Verdict): string {
	const { tradeoff } = findings;
	const reached = tradeoff.filter(({ outcome }) => outcome === "reached");
	const missed = tradeoff.filter(({ outcome }) => outcome !== "reached").map(({ batchSize }) => write.count(batchSize));
	if (reached.length === 0)
		return `No batch size reached a ${describeGoal(study.goal)}: nothing can be said of steps, examples or seconds to it.`;
	const [first, last] = [reached[0], reached[reached.length - 1]];
	const stepsAt = ({ steps }: typeof first) => write.interval(asEstimate(steps));
	const shape: Readonly<Record<Verdict, string>> = {
		supported: "they fall in proportion to the batch size, bend, and flatten",
		refuted: "they do not fall in proportion to the batch size and then flatten",
		undecided: "whether they fall in proportion to the batch size and then flatten, these runs cannot tell",
	};
	const without = missed.length === 0 ? "" : ` Not reached at ${missed.join(", ")}.`;
	return `Steps to a ${describeGoal(study.goal)} go from ${stepsAt(first)} at a batch of ${write.count(first.batchSize)} to ${stepsAt(last)} at ${write.count(last.batchSize)}, and ${shape[verdict]}: the slope on logarithmic axes is ${write.interval(slopes.small)} at the small sizes and ${write.interval(slopes.large)} at the large ones (−1: twice the batch, half the steps; 0: nothing saved).${without}`;
}

function fitWords({ verdict, minSteps, minExamples, criticalBatchSize, exponent }: Fit, write: Writing): string {
	if (verdict === "too few sizes") return "Too few sizes reached the goal for a curve to be fitted.";
	const told: Readonly<Record<Exclude<Fit["verdict"], "too few sizes">, string>> = {
		hyperbola: "the hyperbola S = S_min (1 + B_crit/B) holds",
		"not a hyperbola": "the hyperbola S = S_min (1 + B_crit/B) does not hold, and its figures are rough",
		"no bend in the range tried": "no bend is seen in the range tried",
	};
	return `Fitted to the single runs, ${told[verdict]}: a critical batch size of ${write.interval(criticalBatchSize)}, at least ${write.interval(minSteps)} steps however large the batch and ${write.interval(minExamples)} examples however small, and an exponent of ${write.interval(exponent)} where it is left free.`;
}

function predictionWords({ prediction, noise }: Figures, write: Writing, verdict: Verdict): string {
	if (prediction === null) return "Without a critical batch size there is nothing that the gradient noise scale could predict.";
	const told: Readonly<Record<Verdict, string>> = {
		supported: "it predicts that within a factor of two",
		refuted: "it does not predict that within a factor of two",
		undecided: "whether that is within a factor of two, these runs cannot tell",
	};
	const [first, last] = [noise[0], noise[noise.length - 1]];
	return `The gradient noise scale, measured within runs of batch size ${write.count(prediction.noise.batchSize)}, is ${write.interval(prediction.noise.mean)}, which is ${write.interval(prediction.ratio)} times the measured critical batch size; ${told[verdict]}. It depends on where it is measured: ${write.interval(prediction.noise.start)} at those runs' start, ${write.interval(prediction.noise.end)} at their end; along runs of ${write.count(first.batchSize)} ${write.interval(first.mean)}, of ${write.count(last.batchSize)} ${write.interval(last.mean)}.`;
}

function orderWords(figures: Figures, { study }: Settings, write: Writing): string {
	const { perEpoch, perStep } = verdictsOf(figures);
	const { examples, steps } = figures.order;
	if (examples.estimate === null) return "";
	const last = write.count(study.batchSizes[study.batchSizes.length - 1]);
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
	return `Counted in epochs ${epochs[perEpoch]}: a batch of ${last} takes ${write.interval(examples)} times those of one of ${write.count(study.batchSizes[0])}. Counted in steps ${inSteps[perStep]}: ${write.interval(steps)} times.`;
}

function examplesWords({ fullBatch }: Figures, { reference }: Settings, write: Writing, verdict: Verdict): string {
	if (fullBatch.estimate === null) return "";
	const told: Readonly<Record<Verdict, string>> = {
		supported: "so it does not pay",
		refuted: "less than twice as many",
		undecided: "whether that is twice as many, these runs cannot tell",
	};
	return `The full batch uses ${write.interval(fullBatch)} times the examples of a batch of ${write.count(reference)}; ${told[verdict]}.`;
}

function timeWords({ middle }: Figures, { study }: Settings, write: Writing, verdict: Verdict): string {
	if (middle === null) return "";
	const { batchSizes } = study;
	const told: Readonly<Record<Verdict, string>> = {
		supported: "time has its minimum between the ends",
		refuted: "time has no minimum between the ends",
		undecided: "these runs cannot tell whether time has its minimum between the ends",
	};
	return `On this machine ${told[verdict]}: a batch of ${write.count(batchSizes[0])} takes ${write.interval(middle.smallest)} times, and one of ${write.count(batchSizes[batchSizes.length - 1])} ${write.interval(middle.largest)} times, as long as one of ${write.count(middle.batchSize)}.`;
}

function choiceWords({ findings: { recommendation, tradeoff } }: Figures, write: Writing): string {
	const { batchSize, learningRate, indistinguishable, verdict } = recommendation;
	const edges = tradeoff.filter(({ atEdge }) => atEdge).map((row) => write.count(row.batchSize));
	const edge = edges.length === 0 ? "" : ` The best rate of ${edges.join(", ")} lies at the edge of those searched.`;
	if (batchSize === null || learningRate === null) return edge.trim();
	const others = indistinguishable.filter((size) => size !== batchSize).map(write.count);
	return `Weighing time and examples alike, ${write.count(batchSize)} at rate ${write.rate(learningRate)} is ${verdict === "found" ? "within a quarter of the best" : "the best guess"}${
		others.length === 0 ? "" : `; ${others.join(", ")} could as well be`
	}.${edge}`;
}

/** A median as the writing takes it. */
export const asEstimate = ({ median, low, high }: { readonly median: number | null } & Pick<Estimate, "low" | "high">): Estimate => ({
	estimate: median,
	low,
	high,
});
