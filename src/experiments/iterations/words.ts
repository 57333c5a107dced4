import type { Fit } from "../../analysis/findings.js";
import { describeGoal } from "../../core/goal.js";
import { formatCount, formatEstimate, formatRate } from "../../words/numbers.js";
import { asEstimate } from "../lab/estimates.js";
import { say, saying, unclear, when } from "../lab/say.js";
import { type Verdicts, verdictsOf } from "./claims.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export function words(figures: Figures, settings: Settings): readonly string[] {
	const verdicts = verdictsOf(figures);
	const { batchSizes } = settings.study;
	const ends = [batchSizes[0], batchSizes[batchSizes.length - 1]].map(formatCount);
	return saying(
		curveWords(figures, settings, verdicts),
		fitWords(figures.findings.fit),
		predictionWords(figures, verdicts),
		orderWords(figures, verdicts, ends),
		examplesWords(figures, settings, verdicts),
		timeWords(figures, verdicts, ends),
		choiceWords(figures),
	);
}

function curveWords({ findings: { tradeoff }, slopes }: Figures, { study }: Settings, { curve }: Verdicts): string {
	const reached = tradeoff.filter(({ outcome }) => outcome === "reached");
	const missed = tradeoff.filter(({ outcome }) => outcome !== "reached").map(({ batchSize }) => formatCount(batchSize));
	const goal = describeGoal(study.goal);
	if (reached.length === 0) return `No batch size reached a ${goal}: nothing can be said of steps, examples or seconds to it.`;
	const [first, last] = [reached[0], reached[reached.length - 1]];
	const stepsAt = ({ steps }: typeof first) => formatEstimate(asEstimate(steps));
	const shape = say(
		curve,
		"they fall in proportion to the batch size, bend, and flatten",
		"they do not fall in proportion to the batch size and then flatten",
		unclear("they fall in proportion to the batch size and then flatten"),
	);
	return `Steps to a ${goal} go from ${stepsAt(first)} at a batch of ${formatCount(first.batchSize)} to ${stepsAt(last)} at ${formatCount(last.batchSize)}, and ${shape}: the slope on logarithmic axes is ${formatEstimate(slopes.small)} at the small sizes and ${formatEstimate(slopes.large)} at the large ones (−1: twice the batch, half the steps; 0: nothing saved).${when(missed.length > 0, ` Not reached at ${missed.join(", ")}.`)}`;
}

function fitWords({ verdict, minSteps, minExamples, criticalBatchSize, exponent }: Fit): string {
	if (verdict === "too few sizes") return "Too few sizes reached the goal for a curve to be fitted.";
	const shapes = {
		hyperbola: "the hyperbola S = S_min (1 + B_crit/B) holds",
		"not a hyperbola": "the hyperbola S = S_min (1 + B_crit/B) does not hold, and its figures are rough",
		"no bend in the range tried": "no bend is seen in the range tried",
	};
	return `Fitted to the single runs, ${shapes[verdict]}: a critical batch size of ${formatEstimate(criticalBatchSize)}, at least ${formatEstimate(minSteps)} steps however large the batch and ${formatEstimate(minExamples)} examples however small, and an exponent of ${formatEstimate(exponent)} where it is left free.`;
}

function predictionWords({ prediction, noise }: Figures, verdicts: Verdicts): string {
	if (prediction === null) return "Without a critical batch size there is nothing that the gradient noise scale could predict.";
	const { noise: nearest, ratio } = prediction;
	const [first, last] = [noise[0], noise[noise.length - 1]];
	const predicts = say(
		verdicts.prediction,
		"it predicts that within a factor of two",
		"it does not predict that within a factor of two",
		unclear("that is within a factor of two"),
	);
	return `The gradient noise scale, measured within runs of batch size ${formatCount(nearest.batchSize)}, is ${formatEstimate(nearest.mean)}, which is ${formatEstimate(ratio)} times the measured critical batch size; ${predicts}. It depends on where it is measured: ${formatEstimate(nearest.start)} at those runs' start, ${formatEstimate(nearest.end)} at their end; along runs of batch size ${formatCount(first.batchSize)} it is ${formatEstimate(first.mean)}, of batch size ${formatCount(last.batchSize)} ${formatEstimate(last.mean)}.`;
}

function orderWords({ order }: Figures, { perEpoch, perStep }: Verdicts, [first, last]: readonly string[]): string {
	if (order.examples.estimate === null) return "";
	const epochs = say(
		perEpoch,
		"the smaller batch trains faster",
		"the smaller batch does not train faster",
		unclear("the smaller batch trains faster"),
	);
	const steps = say(perStep, "the larger does", "the larger does not either", "they cannot tell whether the larger does");
	return `Counted in epochs ${epochs}: a batch of ${last} takes ${formatEstimate(order.examples)} times as many as one of ${first}. Counted in steps ${steps}: it takes ${formatEstimate(order.steps)} times as many.`;
}

function examplesWords(figures: Figures, { reference }: Settings, verdicts: Verdicts): string {
	if (figures.fullBatch.estimate === null) return "";
	const pays = say(verdicts.fullBatch, "so it does not pay", "less than twice as many", unclear("that is twice as many"));
	return `The full batch uses ${formatEstimate(figures.fullBatch)} times the examples of a batch of ${formatCount(reference)}; ${pays}.`;
}

function timeWords({ middle }: Figures, verdicts: Verdicts, [first, last]: readonly string[]): string {
	if (middle === null) return "";
	const least = say(
		verdicts.middle,
		"time has its minimum between the ends",
		"time has no minimum between the ends",
		unclear("time has its minimum between the ends"),
	);
	return `On this machine ${least}: a batch of ${first} takes ${formatEstimate(middle.smallest)} times, and one of ${last} ${formatEstimate(middle.largest)} times, as long as one of ${formatCount(middle.batchSize)}.`;
}

function choiceWords({ findings: { recommendation, tradeoff } }: Figures): string {
	const { batchSize, learningRate, indistinguishable, verdict } = recommendation;
	const edges = tradeoff.filter(({ atEdge }) => atEdge).map((row) => formatCount(row.batchSize));
	const edge = when(edges.length > 0, `The best rate of ${edges.join(", ")} lies at the edge of those searched.`);
	if (batchSize === null || learningRate === null) return edge;
	const others = indistinguishable.filter((size) => size !== batchSize).map(formatCount);
	const tied = when(others.length > 0, `; statistically tied with ${others.join(", ")}`);
	const choice = `Weighing time and examples alike, a batch of ${formatCount(batchSize)} at rate ${formatRate(learningRate)} is ${verdict === "found" ? "within a quarter of the best" : "the best guess"}${tied}.`;
	return saying(choice, edge).join(" ");
}
