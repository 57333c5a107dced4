import { type ComparisonName, comparisonNames } from "../../core/comparisons.js";
import { formatCount, formatPercent } from "../../words/numbers.js";
import { type Verdict, verdictAbove } from "../claims/claim.js";
import { margin, reading, verdictsOf } from "./claims.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

/** The result in plain words; the first sentence answers the question. */
export function wordsOf(figures: Figures, settings: Settings): readonly string[] {
	return [
		largeWords(figures, settings),
		budgetWords(figures, settings),
		oneWords(figures, settings),
		middleWords(figures, settings),
		crossedWords(figures),
		caveats(figures),
	].filter((words) => words !== "");
}

const behind: Readonly<Record<Verdict, string>> = {
	supported: "the large batch generalizes worse",
	refuted: "the large batch does not generalize worse by more than two points",
	undecided: "whether the large batch generalizes worse by more than two points, these runs cannot tell",
};

function largeWords(figures: Figures, { study, reference }: Settings): string {
	const last = formatCount(study.batchSizes[study.batchSizes.length - 1]);
	const untuned = reading(figures, "epochs", "untuned").large;
	const tuned = reading(figures, "steps", "tuned").large;
	return `The test accuracy of a batch of ${reference} less that of ${last} is ${formatPercent(untuned)} at equal epochs and one rate for all: ${behind[verdictAbove(untuned, margin.accuracy)]}. At equal steps, each at its own rate, it is ${formatPercent(tuned)}: ${behind[verdictAbove(tuned, margin.accuracy)]}.`;
}

const inBudgets: Readonly<Record<ComparisonName, string>> = {
	epochs: "equal epochs",
	steps: "equal steps",
	seconds: "equal modelled seconds",
};

function budgetWords(figures: Figures, { study, reference }: Settings): string {
	const last = study.batchSizes[study.batchSizes.length - 1];
	const told = comparisonNames.map((budget) => {
		const cell = figures.cells.find((one) => one.budget === budget && one.tuning === "tuned" && one.batchSize === last);
		return `${formatPercent(reading(figures, budget, "untuned").large)} untuned and ${formatPercent(reading(figures, budget, "tuned").large)} tuned at ${inBudgets[budget]} (${formatCount(cell?.steps ?? 0)} steps)`;
	});
	return `How far ${formatCount(last)} falls behind ${reference}, by what is held equal: ${told.join("; ")}.`;
}

function oneWords(figures: Figures, { study, reference }: Settings): string {
	const untuned = reading(figures, "epochs", "untuned").small;
	const tuned = reading(figures, "epochs", "tuned").small;
	const told: Readonly<Record<Verdict, string>> = {
		supported: "it works poorly even so",
		refuted: "it does not work poorly",
		undecided: "whether it works poorly, these runs cannot tell",
	};
	return `The test accuracy of ${reference} less that of a batch of ${formatCount(study.batchSizes[0])} is ${formatPercent(untuned)} at one rate for all and after the same epochs; with a rate of its own ${formatPercent(tuned)}: ${told[verdictsOf(figures).one]}.`;
}

function middleWords(figures: Figures, { study }: Settings): string {
	const { middle } = figures;
	if (middle === null) return "";
	const told: Readonly<Record<Verdict, string>> = {
		supported: "beats both ends",
		refuted: "does not beat both ends",
		undecided: "may or may not beat both ends (these runs cannot tell)",
	};
	const { batchSizes } = study;
	return `Tuned and at equal epochs, the best size in between (${formatCount(middle.batchSize)}, chosen on other seeds) ${told[verdictsOf(figures).middle]}: ${formatPercent(middle.overSmallest)} above ${formatCount(batchSizes[0])} and ${formatPercent(middle.overLargest)} above ${formatCount(batchSizes[batchSizes.length - 1])}.`;
}

function crossedWords(figures: Figures): string {
	const { effects, second, tuned, change } = figures.crossed;
	const told: Readonly<Record<Verdict, string>> = {
		supported: `the batch size is among the top two, ahead of the ${second}`,
		refuted: `the batch size is not among the top two, but behind the ${second}`,
		undecided: `whether the batch size is ahead of the ${second} and so among the top two, these runs cannot tell`,
	};
	const ordered = [...effects].sort((a, b) => (b.size.estimate ?? 0) - (a.size.estimate ?? 0));
	return `Crossed with learning rate, momentum and width, ${told[verdictsOf(figures).topTwo]}: the mean accuracies at their levels differ by ${ordered
		.map(({ factor, size }) => `${formatPercent(size)} (${factor})`)
		.join(
			", ",
		)}, as a standard deviation. With the best rate for each combination, ${formatPercent(tuned.size)} of the batch size's is left, and ${formatPercent(change)} are gone.`;
}

function caveats({ cells }: Figures): string {
	const edges = cells.filter(({ atEdge }) => atEdge).map(({ batchSize, budget }) => `${formatCount(batchSize)} at ${inBudgets[budget]}`);
	const lost = cells
		.filter(({ learningRate }) => learningRate === null)
		.map(({ batchSize, budget }) => `${formatCount(batchSize)} at ${inBudgets[budget]}`);
	return [
		edges.length === 0 ? "" : `The best rate of ${edges.join(", ")} lies at the edge of those searched.`,
		lost.length === 0 ? "" : `Every rate diverged for ${lost.join(", ")}.`,
	]
		.filter((words) => words !== "")
		.join(" ");
}
