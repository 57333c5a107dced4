import { type ComparisonName, comparisonNames } from "../../core/comparisons.js";
import { formatCount, formatPercent } from "../../words/numbers.js";
import { verdictAbove } from "../claims/claim.js";
import { say, saying, unclear, when } from "../lab/say.js";
import { margin, reading, verdictsOf } from "./claims.js";
import type { Cell, Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export function words(figures: Figures, settings: Settings): readonly string[] {
	const { batchSizes } = settings.study;
	const ends = [batchSizes[0], batchSizes[batchSizes.length - 1]] as const;
	return saying(
		largeWords(figures, settings, formatCount(ends[1])),
		budgetWords(figures, settings, ends[1]),
		oneWords(figures, settings, formatCount(ends[0])),
		middleWords(figures, ends),
		crossedWords(figures),
		caveats(figures),
	);
}

function largeWords(figures: Figures, { reference }: Settings, last: string): string {
	const [untuned, tuned] = [reading(figures, "epochs", "untuned").large, reading(figures, "steps", "tuned").large];
	const behind = (less: typeof tuned) =>
		say(
			verdictAbove(less, margin.accuracy),
			"the large batch generalizes worse",
			"the large batch does not generalize worse by more than two points",
			unclear("the large batch generalizes worse by more than two points"),
		);
	return `The test accuracy of a batch of ${reference} less that of ${last} is ${formatPercent(untuned)} at equal epochs and one rate for all: ${behind(untuned)}. At equal steps, each at its own rate, it is ${formatPercent(tuned)}: ${behind(tuned)}.`;
}

const inBudgets: Readonly<Record<ComparisonName, string>> = {
	epochs: "equal epochs",
	steps: "equal steps",
	seconds: "equal modelled seconds",
};

function budgetWords(figures: Figures, { reference }: Settings, last: number): string {
	const byBudget = comparisonNames.map((budget) => {
		const large = (tuning: Cell["tuning"]) => formatPercent(reading(figures, budget, tuning).large);
		const cell = figures.cells.find((one) => one.budget === budget && one.tuning === "tuned" && one.batchSize === last);
		return `${large("untuned")} untuned and ${large("tuned")} tuned at ${inBudgets[budget]} (${formatCount(cell?.steps ?? 0)} steps)`;
	});
	return `How far ${formatCount(last)} falls behind ${reference}, by what is held equal: ${byBudget.join("; ")}.`;
}

function oneWords(figures: Figures, { reference }: Settings, first: string): string {
	const small = (tuning: Cell["tuning"]) => formatPercent(reading(figures, "epochs", tuning).small);
	const poorly = say(verdictsOf(figures).one, "it works poorly even so", "it does not work poorly", unclear("it works poorly"));
	return `The test accuracy of ${reference} less that of a batch of ${first} is ${small("untuned")} at one rate for all and after the same epochs; with a rate of its own ${small("tuned")}: ${poorly}.`;
}

function middleWords(figures: Figures, ends: readonly [first: number, last: number]): string {
	const { middle } = figures;
	if (middle === null) return "";
	const beats = say(
		verdictsOf(figures).middle,
		"beats both ends",
		"does not beat both ends",
		"may or may not beat both ends (these runs cannot tell)",
	);
	return `Tuned and at equal epochs, the best size in between (${formatCount(middle.batchSize)}, chosen on other seeds) ${beats}: ${formatPercent(middle.overSmallest)} above ${formatCount(ends[0])} and ${formatPercent(middle.overLargest)} above ${formatCount(ends[1])}.`;
}

function crossedWords(figures: Figures): string {
	const { effects, second, tuned, change } = figures.crossed;
	const place = say(
		verdictsOf(figures).topTwo,
		`the batch size is among the top two, ahead of the ${second}`,
		`the batch size is not among the top two, but behind the ${second}`,
		unclear(`the batch size is ahead of the ${second} and so among the top two`),
	);
	const ordered = [...effects].sort((a, b) => (b.size.estimate ?? 0) - (a.size.estimate ?? 0));
	return `Crossed with learning rate, momentum and width, ${place}: the mean accuracies at their levels differ by ${ordered.map(({ factor, size }) => `${formatPercent(size)} (${factor})`).join(", ")}, as a standard deviation. With the best rate for each combination, ${formatPercent(tuned.size)} of the batch size's effect is left and ${formatPercent(change)} is gone.`;
}

function caveats({ cells }: Figures): string {
	const named = (those: readonly Cell[]) =>
		those.map(({ batchSize, budget }) => `${formatCount(batchSize)} at ${inBudgets[budget]}`).join(", ");
	const edges = cells.filter(({ atEdge }) => atEdge);
	const lost = cells.filter(({ learningRate }) => learningRate === null);
	return saying(
		when(edges.length > 0, `The best rate of ${named(edges)} lies at the edge of those searched.`),
		when(lost.length > 0, `Every rate diverged for ${named(lost)}.`),
	).join(" ");
}
