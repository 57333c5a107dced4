import type { BestSeen, Failure, Findings, Recommendation } from "../analysis/findings.js";
import { describeGoalWithArticle, type Goal } from "../core/goal.js";
import { isBestGoal } from "../core/horizon.js";
import type { Study } from "../study/study.js";
import { keepOwnSentence, ownReachedSentence } from "./baseline.js";
import { endingAnswer } from "./ending.js";
import { horizonAnswer } from "./horizon.js";
import { ladderSentences } from "./ladder.js";
import { listed } from "./listed.js";
import { bestSeenSentences, meets, noChoiceSentences } from "./no-choice.js";
import {
	type Compared,
	formatCount,
	formatEstimate,
	formatInterval,
	formatRatioInterval,
	formatSecondsInterval,
	percent,
} from "./numbers.js";
import { choiceText } from "./setting.js";
import { floored, shareSure } from "./share-sure.js";

/** What the study found, in at most four sentences. The first is the headline and stands on its own. */
export function answerSentences(findings: Findings, study: Study): readonly string[] {
	const { recommendation, failure, bestSeen } = findings;
	if (failure) return [failureSentence(failure)];
	if (findings.ending) return endingAnswer(findings.ending, study);
	if (findings.horizon && isBestGoal(study.goal))
		return horizonAnswer(
			findings.horizon,
			study,
			study.goal,
			findings.tradeoff.some(({ outcome }) => outcome === "open"),
		);
	if (recommendation.verdict === "not reached")
		return [
			notReachedSentence(findings, study.goal, bestSeen),
			...[ownReachedSentence(findings)].filter((sentence) => sentence !== null),
			...(findings.baseline?.steps
				? []
				: [...bestSeenSentences(study.goal, bestSeen), ...singleLookSentences(findings, study.goal, bestSeen)]),
		];
	const { batchSize, learningRate } = recommendation;
	if (batchSize === null || learningRate === null) return noChoiceSentences(findings, study.goal);
	const keep = keepOwnSentence(findings);
	return [...(keep === null ? [] : [keep]), ...choiceSentences(findings, study, batchSize, learningRate, keep !== null)];
}

/** The setting that is recommended; `isSecond`: where the user's own one is better, only what the search came to. */
function choiceSentences(findings: Findings, study: Study, batchSize: number, learningRate: number, isSecond: boolean): readonly string[] {
	const { recommendation } = findings;
	const guess = isSecond ? "The best of this search is" : "Best guess: train with";
	const train = isSecond ? guess : "Train with";
	const choice = choiceText({ ...recommendation, batchSize, learningRate });
	const reaches = `it reaches ${describeGoalWithArticle(study.goal)} in ${costs(recommendation)}.`;
	if (recommendation.verdict === "found" && !findings.ladder) return [`${train} ${choice}: ${reaches}`];
	if (findings.tradeoff.some(({ outcome }) => outcome === "open"))
		return ["Not finished.", `Best guess so far: train with ${choice}; ${reaches}`];
	if (findings.ladder)
		return [
			`${recommendation.verdict === "found" ? train : guess} ${choice}; ${freshRun(findings)} ${reachedIn(study.goal, recommendation)}`,
			...ladderSentences(findings, study),
		];
	return [...undecidedSentences(recommendation, study.tolerance), `${guess} ${choice}; ${reaches}`];
}

/** The runs that the winner of a ladder is reported by. */
const freshRun = ({ tradeoff, recommendation }: Findings): string => {
	const runs = tradeoff.find(({ batchSize }) => batchSize === recommendation.batchSize)?.runs.length ?? 0;
	return runs > 1 ? `over ${formatCount(runs)} fresh seeds it` : "on a fresh seed it";
};

const reachedIn = (goal: Goal, recommendation: Recommendation): string =>
	`reached ${describeGoalWithArticle(goal)} in ${costs(recommendation)}.`;

/** Nothing was measured: what has to be fixed before there can be an answer. */
function failureSentence({ trials, alike, how }: Failure): string {
	const [all, so] =
		trials === 1
			? ["The only trial failed", ""]
			: [`All ${formatCount(trials)} trials failed`, `, ${formatCount(alike)} of them in the same way`];
	return `${all}${alike < trials ? so : ""}: ${how}${/[.!?]$/.test(how) ? "" : "."}`;
}

/** What the test set says of the recommended size: its accuracy, or its loss where nothing is classified. Null without a test set. */
export function testSentence({ test }: Findings): string | null {
	if (test === null) return null;
	const { batchSize, accuracy, loss } = test;
	const figure = accuracy.median === null ? `a loss of ${formatEstimate(loss)}` : `an accuracy of ${formatEstimate(accuracy)}`;
	return `On the test set, which no choice was based on, batch size ${formatCount(batchSize)} has ${figure} when it reaches the goal.`;
}

function notReachedSentence({ tradeoff }: Findings, goal: Goal, best: BestSeen | null): string {
	const inMost = best !== null && meets(goal, best) && hasReachedAnywhere({ tradeoff, bestSeen: best }) ? " in most of its runs" : "";
	const tried = tradeoff.filter(({ outcome }) => outcome !== "not tried");
	const none = tried.length < tradeoff.length ? `No batch size that was tried (${sizesOf(tried)})` : "No batch size";
	const few =
		best?.reachedRuns === undefined || inMost === ""
			? ""
			: ` (${formatCount(best.reachedRuns)} ${best.reachedRuns === 1 ? "run" : "runs"} did)`;
	return `${none} reached ${describeGoalWithArticle(goal)}${inMost}${few}.`;
}

/** Why a value that meets the goal was not enough. */
const singleLookSentences = (findings: Findings, goal: Goal, best: BestSeen | null): readonly string[] =>
	best === null || !meets(goal, best) || hasReachedAnywhere(findings)
		? []
		: ["That was a single look; the goal has to be met by the mean of several."];

/** Whether any run counts as having reached the goal, if only while rates were tuned. */
const hasReachedAnywhere = ({ tradeoff, bestSeen }: Pick<Findings, "tradeoff" | "bestSeen">): boolean =>
	(bestSeen?.reachedRuns ?? 0) > 0 ||
	tradeoff.some(({ runs, rates }) => runs.some(({ step }) => step !== null) || rates.some(({ medianSteps }) => medianSteps !== null));

/** Which sizes can't be told apart, and how sure the guess is. */
function undecidedSentences({ batchSize, indistinguishable, withinTolerance }: Recommendation, tolerance: number): readonly string[] {
	const within = `within ${percent(tolerance)} of the best`;
	const sizes = indistinguishable.length < 2 ? "" : `: ${listed(indistinguishable.map(formatCount))} are statistically tied`;
	const head = `Cannot tell yet which batch size is ${within}${sizes}.`;
	if (batchSize === null || withinTolerance === null) return [head];
	const share = percent(floored(withinTolerance));
	return [head, `In ${share} of resamples of the runs, batch size ${formatCount(batchSize)} is ${within}; 95 % would settle it.`];
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

/**
 * Where the answer is found though other sizes can't be told apart from it: why that is no contradiction. Null elsewhere: an undecided
 * answer names them itself, and so does a ladder's.
 */
export function alikeSentence({ recommendation, ladder }: Findings, { tolerance }: Pick<Study, "tolerance">): string | null {
	const { verdict, batchSize, indistinguishable, withinTolerance } = recommendation;
	const others = indistinguishable.filter((size) => size !== batchSize);
	if (ladder || verdict !== "found" || batchSize === null || withinTolerance === null || others.length === 0) return null;
	return (
		`${others.length > 1 ? "Batch sizes" : "Batch size"} ${listed(others.map(formatCount))} may be slightly better: these runs cannot tell. ` +
		`But in ${shareSure(withinTolerance)} of resamples of the runs, batch size ${formatCount(batchSize)} is within ${percent(tolerance)} of the best.`
	);
}

const sizesOf = (rows: Findings["tradeoff"]): string => listed(rows.map(({ batchSize }) => formatCount(batchSize)));

/** What single looks would have recommended, where that is another size; null elsewhere. */
export function singleLooksSentence({ recommendation, bySingleLooks }: Findings): string | null {
	if (bySingleLooks === null || recommendation.batchSize === null || bySingleLooks === recommendation.batchSize) return null;
	return (
		`By the first single look that met the goal, batch size ${formatCount(bySingleLooks)} would be the choice; ` +
		"the first of many looks is a lucky one, the more so at small batch sizes."
	);
}
