import type { BestSeen } from "../analysis/best-seen.js";
import type { Failure, Findings, Recommendation, TestFinding } from "../analysis/findings.js";
import { mostMoreRuns } from "../analysis/more-runs.js";
import { describeGoal, type Goal } from "../core/goal.js";
import type { StoredStudy } from "../study/contracts.js";
import { type Decision, whatWouldDecide } from "../study/decide.js";
import { isImported, type Study } from "../study/study.js";
import { importedStepsToTheGoal, keyHint } from "./imported.js";
import { listed } from "./listed.js";
import {
	type Compared,
	formatCount,
	formatInterval,
	formatNumber,
	formatRate,
	formatRatioInterval,
	formatSecondsInterval,
	plain,
} from "./numbers.js";
import { settingText } from "./setting.js";

/** What the study found, in at most four sentences that stand on their own. `bestSeen` is told where no batch size reached the goal. */
export function answerSentence(findings: Findings, study: Study, bestSeen: BestSeen | null): string {
	const { recommendation, failure } = findings;
	if (failure) return failureSentence(failure);
	if (recommendation.verdict === "not reached")
		return [notReachedSentence(findings, study.goal, bestSeen), bestSeenSentence(study.goal, bestSeen)].join("");
	const { batchSize, learningRate } = recommendation;
	if (batchSize === null || learningRate === null)
		return `Cannot tell yet: no batch size has reached a ${describeGoal(study.goal)} in a reporting run so far.${guessSentence(study.goal, bestSeen)}`;
	const setting = settingText(recommendation);
	const choice = `batch size ${formatCount(batchSize)}${setting ? "," : " and"} learning rate ${formatRate(learningRate)}${setting}`;
	const reaches = `it reaches a ${describeGoal(study.goal)} in ${costs(recommendation)}.`;
	if (recommendation.verdict === "found") return `Train with ${choice}: ${reaches}`;
	if (findings.tradeoff.some(({ outcome }) => outcome === "open"))
		return `Not finished. Best guess so far: train with ${choice}; ${reaches}`;
	return `Cannot tell yet ${undecidedReason(recommendation, study.tolerance)} Best guess: train with ${choice}; ${reaches}`;
}

/** Nothing was measured: what has to be mended before anything can be said of batch sizes. */
function failureSentence({ trials, alike, how }: Failure): string {
	const [all, so] =
		trials === 1 ? ["The only trial failed", ""] : [`All ${formatCount(trials)} trials failed`, `, ${formatCount(alike)} of them so`];
	return `${all}${alike < trials ? so : ""}: ${how}${/[.!?]$/.test(how) ? "" : "."}`;
}

/** `an accuracy of 0.93 [0.92–0.94]`: what the test set says of a batch size; its loss where nothing is classified. */
export const testFigure = ({ accuracy, loss }: TestFinding): string =>
	accuracy.median === null ? `a loss of ${formatInterval(loss, plain)}` : `an accuracy of ${formatInterval(accuracy, plain)}`;

function notReachedSentence({ tradeoff, recommendation }: Findings, goal: Goal, best: BestSeen | null): string {
	const inMost = best !== null && meets(goal, best) ? " in most of its runs" : "";
	const tried = tradeoff.filter(({ rates }) => rates.length > 0);
	const none = recommendation.untried.length > 0 ? `No batch size that was tried (${sizesOf(tried)})` : "No batch size";
	return `${none} reached a ${describeGoal(goal)}${inMost}.`;
}

const meets = (goal: Goal, { value }: BestSeen): boolean =>
	goal.atLeast === undefined ? value <= (goal.atMost ?? 0) : value >= goal.atLeast;

/** A run that chose the rate and met the goal is a guess that nothing confirms yet; else how close the study came. */
function guessSentence(goal: Goal, best: BestSeen | null): string {
	if (best === null || !meets(goal, best)) return bestSeenSentence(goal, best);
	const choice = `batch size ${formatCount(best.batchSize)} and learning rate ${formatRate(best.learningRate)}`;
	return ` A guess that nothing confirms yet: train with ${choice}, which came to ${metricValue(best.value)} at step ${formatCount(best.step)} of a single run.`;
}

/** How close the study came, and where; nothing where nothing was measured. */
function bestSeenSentence({ metric }: Goal, best: BestSeen | null): string {
	if (best === null) return "";
	const at = `batch size ${formatCount(best.batchSize)} and learning rate ${formatRate(best.learningRate)}`;
	return ` The best ${metric.replace(".", " ")} seen was ${metricValue(best.value)}, at step ${formatCount(best.step)} with ${at}.`;
}

/** Four digits: a validation set tells accuracies apart by a thousandth, and a goal missed by that should not read as met. */
const metricValue = (value: number): string => String(Number(value.toPrecision(4)));

/** Which sizes can't be told apart, and how sure the guess is. */
function undecidedReason({ batchSize, indistinguishable, withinTolerance, untried }: Recommendation, tolerance: number): string {
	const within = `within ${percent(tolerance)} of the best`;
	const sure =
		withinTolerance === null || batchSize === null
			? untried.length > 0
				? " Too few batch sizes were tried to tell."
				: ""
			: ` In ${percent(floored(withinTolerance))} of resamples of the runs, batch size ${formatCount(batchSize)} is ${within}; 95 % would settle it.`;
	if (indistinguishable.length < 2) return `which batch size is ${within}.${sure}`;
	return `which batch size is ${within}: ${listed(indistinguishable.map(formatCount))} cannot be told apart.${sure}`;
}

/** `180 [165–200] steps, 5,800 [5,300–6,400] examples, 4.1 ms [3.9–4.4] of training`; without what isn't known. */
function costs({ steps, examples, seconds }: Recommendation): string {
	const parts: string[] = [];
	if (steps.median !== null) parts.push(`${formatInterval(steps)} steps`);
	if (examples.median !== null) parts.push(`${formatInterval(examples)} examples`);
	if (seconds.median !== null) parts.push(`${formatSecondsInterval(seconds)} of training`);
	return parts.join(", ");
}

const time: Compared = { noun: "time", less: "less", much: "much" };
const examplesCompared: Compared = { noun: "examples", less: "fewer", much: "many" };

/** What the next size down and up would cost, one sentence each: `Batch size 16 would take 15 % [5–25 %] more time and …`. */
export function neighbourSentences({ recommendation }: Findings): string[] {
	const sentences: string[] = [];
	for (const { batchSize, seconds, examples } of recommendation.neighbours) {
		const costs = [formatRatioInterval(seconds, time), formatRatioInterval(examples, examplesCompared)].filter((cost) => cost !== null);
		if (costs.length > 0) sentences.push(`Batch size ${formatCount(batchSize)} would take ${costs.join(" and ")}.`);
	}
	return sentences;
}

/** Where the answer is found though other sizes can't be told apart from it: why that is no contradiction. Null elsewhere: an undecided answer tells them itself. */
export function alikeSentence({ recommendation }: Findings, { tolerance }: Pick<Study, "tolerance">): string | null {
	const { verdict, batchSize, indistinguishable, withinTolerance } = recommendation;
	const others = indistinguishable.filter((size) => size !== batchSize);
	if (verdict !== "found" || batchSize === null || withinTolerance === null || others.length === 0) return null;
	return (
		`${others.length > 1 ? "Batch sizes" : "Batch size"} ${listed(others.map(formatCount))} cannot be told apart from it, and may be a little better: ` +
		`found means that batch size ${formatCount(batchSize)} is within ${percent(tolerance)} of the best, as it is in ${percent(withinTolerance)} of resamples of the runs.`
	);
}

/** What to do next, a sentence each, with the command or the key of the study that does it. Empty where nothing is left to do. */
export function nextSteps(findings: Findings, stored: Pick<StoredStudy, "id" | "study" | "state" | "seconds">): string[] {
	const { recommendation, failure } = findings;
	const { study } = stored;
	if (failure) return ["Mend it, and run the study again; with --fresh where none of the files that the study names has changed."];
	if (stored.state === "running") return [];
	if (stored.state === "interrupted" && recommendation.verdict !== "found") return [wayToGoOn(stored)];
	if (recommendation.verdict === "not reached") return isImported(study) ? importedStepsToTheGoal(study) : stepsToTheGoal(findings, stored);
	const steps: string[] = [];
	if (recommendation.verdict === "undecided") steps.push(wayToDecide(findings, stored));
	const { batchSize } = recommendation;
	if (batchSize === null) return steps;
	const [smallest, largest] = [study.batchSizes[0], study.batchSizes[study.batchSizes.length - 1]];
	if (batchSize === largest && largest < study.data.train)
		steps.push(
			`The best batch size is the largest one tried: add larger ones${keyHint(study, "batchSizes")}, up to all ${formatCount(study.data.train)} examples.`,
		);
	else if (batchSize === smallest && smallest > 1)
		steps.push(`The best batch size is the smallest one tried: add smaller ones${keyHint(study, "batchSizes")}.`);
	return steps;
}

/** What goes on with a study that was interrupted, or whose budget of time is spent. */
function wayToGoOn({ id, study: { budget }, seconds }: Parameters<typeof nextSteps>[1]): string {
	const spent = budget.seconds !== null && seconds >= budget.seconds;
	return `Go on with what is not finished: ${spent ? `sweetspot tune --continue ${id} --budget 2min` : `sweetspot resume ${id}`}`;
}

function stepsToTheGoal(findings: Findings, { id, study }: Pick<StoredStudy, "id" | "study">): string[] {
	const { goal, limits } = study;
	const [direction, key, bound] = goal.atLeast === undefined ? ["Raise", "atMost", goal.atMost] : ["Lower", "atLeast", goal.atLeast];
	const seconds = limits.seconds === null ? "" : `, limits.seconds ${formatNumber(limits.seconds)}`;
	const steps = [
		`Let trials go on for longer: limits.epochs is ${formatCount(limits.epochs)}, limits.steps ${formatCount(limits.steps)}${seconds}.`,
		`${direction} the goal: goal.${key} is ${bound}.`,
	];
	const diverged = findings.tradeoff.some(({ rates }) => rates.some(({ state }) => state === "diverged"));
	const rates = diverged ? "Try smaller learning rates" : "Try other learning rates";
	steps.push(`${rates}: tune.learningRate.from and tune.learningRate.to.`);
	const decision = whatWouldDecide(findings);
	if (decision?.kind === "search") steps.push(`Search on among the batch sizes that are left: ${searchOn(id, decision)}`);
	return steps;
}

/** What would decide, and the command that does it (runs made elsewhere have none). */
function wayToDecide(findings: Findings, { id, study }: Pick<StoredStudy, "id" | "study">): string {
	const decision = whatWouldDecide(findings);
	const command = isImported(study) ? "and import all runs together." : `sweetspot tune --continue ${id}`;
	const how = isImported(study) ? ", " : ": ";
	if (decision === null) return `Run more reporting runs${how}${command}`;
	if (decision.kind === "unfinished") return `Run what is not finished${how}${command}`;
	if (decision.kind === "search") return `Search on: ${searchOn(id, decision)}`;
	if (decision.kind === "sizes") return wayToTry(findings, decision, id);
	const { runs: next } = decision;
	const wanted = [...new Set(next.map(({ runs }) => runs))].map((count) => {
		const sizes = next.filter(({ runs }) => runs === count).map(({ batchSize }) => formatCount(batchSize));
		return `${formatCount(count)} more at ${sizes.length > 1 ? "each of the batch sizes" : "batch size"} ${listed(sizes)}`;
	});
	// Where even the most that is ever advised wouldn't do, many runs miss the goal or the clock is what is unsure.
	const enough = next.every(({ runs }) => runs < mostMoreRuns)
		? "the reporting runs that would decide"
		: "more reporting runs, though they may not be enough";
	return `Run ${enough}, ${listed(wanted)}${how}${command}`;
}

/** Under a small budget that was spent before any batch size had reached the goal. */
const searchOn = (id: string, { trials }: Decision & { kind: "search" }): string => `sweetspot tune --continue ${id} --budget ${trials}`;

/** Under a small budget: sizes that were left out and may be better, and the trials that would try those nearest to the best one. */
function wayToTry({ tradeoff, recommendation: { untried } }: Findings, decision: Decision & { kind: "sizes" }, id: string): string {
	const { batchSizes: next } = decision;
	const trials = next.length * decision.trials;
	const begun = tradeoff.filter(({ batchSize, rates }) => untried.includes(batchSize) && rates.length > 0);
	const tried =
		begun.length === 0 ? "tried" : begun.length === untried.length ? "tried to the end" : `tried, or not to the end (${sizesOf(begun)}),`;
	const sizes =
		untried.length > 1
			? `Batch sizes ${listed(untried.map(formatCount))} were not ${tried}${tried.endsWith(",") ? "" : ","} and one of them may be`
			: `Batch size ${formatCount(untried[0])} was not ${tried}, and may be`;
	const which =
		next.length < untried.length ? listed([...next].sort((a, b) => a - b).map(formatCount)) : untried.length > 1 ? "them" : "it";
	return `${sizes} better. About ${formatCount(trials)} more trials would try ${which}: sweetspot tune --continue ${id} --budget ${trials}`;
}

const sizesOf = (rows: Findings["tradeoff"]): string => listed(rows.map(({ batchSize }) => formatCount(batchSize)));

/** To whole percent, never up: what falls short of 95 % doesn't read as if it were enough. */
const floored = (share: number): number => Math.floor(100 * share + 1e-9) / 100;

/** A share as a percentage to two digits: `25 %`. */
const percent = (share: number): string => `${formatNumber(100 * share)} %`;
