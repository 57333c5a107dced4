import type { BestSeen, Findings } from "../analysis/findings.js";
import { describeGoalWithArticle, type Goal } from "../core/goal.js";
import { listed } from "./listed.js";
import { formatCount, formatRate } from "./numbers.js";
import { choiceText } from "./setting.js";

/** Why an undecided study names no batch size, and what there is in place of one. */
export function noChoiceSentences(findings: Findings, goal: Goal): readonly string[] {
	const { tradeoff, bestSeen } = findings;
	const untimed = tradeoff.filter(({ outcome, secondsPerStep }) => outcome === "reached" && secondsPerStep.median === null);
	if (untimed.length > 0) return untimedSentences(findings, untimed, goal);
	const begun = tradeoff.filter(({ runs }) => runs.some(({ step }) => step !== null));
	if (begun.length === 0)
		return [
			`Cannot tell yet: no batch size has reached ${describeGoalWithArticle(goal)} in a reporting run so far.`,
			...guessSentences(goal, bestSeen, "A guess that nothing confirms yet"),
		];
	const runs = begun.reduce((sum, row) => sum + row.runs.filter(({ step }) => step !== null).length, 0);
	const lacking =
		begun.length === 1 ? "not enough are in" : `of ${begun.length === 2 ? "neither size" : "none of these sizes"} are enough in`;
	return [
		`Cannot tell yet: ${formatCount(runs)} reporting ${runs === 1 ? "run has" : "runs have"} reached ${describeGoalWithArticle(goal)} so far, ` +
			`at ${sizesOf(begun)}, but ${lacking}.`,
		...guessSentences(goal, bestSeen, "A guess"),
	];
}

/** Sizes that reached the goal are there, but no time to compare them by. */
function untimedSentences({ recommendations }: Findings, untimed: Findings["tradeoff"], goal: Goal): readonly string[] {
	const { batchSize, learningRate } = recommendations.cheapest;
	const sentence =
		`Cannot tell which batch size takes the least time: ${sizesOf(untimed)} reached ${describeGoalWithArticle(goal)}, ` +
		"but the time of a step is not known there.";
	if (batchSize === null || learningRate === null) return [sentence];
	return [
		sentence,
		`By examples alone (--objective cheapest) it is batch size ${formatCount(batchSize)}, with learning rate ${formatRate(learningRate)}.`,
	];
}

/** A run that met the goal is a guess; else how close the study came. */
function guessSentences(goal: Goal, best: BestSeen | null, guess: string): readonly string[] {
	if (best === null || !meets(goal, best)) return bestSeenSentences(goal, best);
	return [
		`${guess}: train with ${choiceText(best)}, which reached ${metricValue(best.value)} at step ${formatCount(best.step)} of a single run.`,
	];
}

/** How close the study came, and where; nothing where nothing was measured. */
export function bestSeenSentences({ metric }: Goal, best: BestSeen | null): readonly string[] {
	if (best === null) return [];
	return [
		`The best ${metric.replace(".", " ")} seen was ${metricValue(best.value)}, at step ${formatCount(best.step)} with ${choiceText(best)}.`,
	];
}

export const meets = (goal: Goal, { value }: BestSeen): boolean =>
	goal.atLeast === undefined ? value <= (goal.atMost ?? 0) : value >= goal.atLeast;

/** Four digits: a validation set tells accuracies apart by a thousandth, and a goal missed by that should not read as met. */
const metricValue = (value: number): string => String(Number(value.toPrecision(4)));

const sizesOf = (rows: Findings["tradeoff"]): string =>
	`${rows.length > 1 ? "batch sizes" : "batch size"} ${listed(rows.map(({ batchSize }) => formatCount(batchSize)))}`;
