import { isEnding, isHorizon } from "../../study/horizon/is-horizon.js";
import { isLadder } from "../../study/ladder/is-ladder.js";
import { firstGuess, leastRuns, usualEnd } from "../../study/ladder/limits.js";
import { middleOf, type Pace, type Span, times } from "../../study/pace.js";
import type { ScriptPrice } from "../../study/script-price.js";
import type { TrainableStudy } from "../../study/study.js";
import { isCommand } from "../../study/workloads/table.js";
import { formatCount, formatNumber, formatSeconds } from "../../words/numbers.js";

/** What tuning a script will take and cost, and what a budget buys: facts of a plan. */
export function priceFacts(study: TrainableStudy, price: ScriptPrice, pace: Pace, slots: number): [string, string][] {
	const { pricePerHour } = study;
	const cost = (span: Span) => spanWords(times(span, (pricePerHour ?? 0) / 3600), formatNumber);
	return [
		["a trial", `about ${secondsWords(price.trial)}, at most ${formatSeconds(price.longestTrial)} (${sourceWords(pace, price)})`],
		["time", `about ${secondsWords(price.study)}${mostWords(study, price)}`],
		...(pricePerHour === undefined
			? []
			: [["cost", `about ${cost(price.study)}, at most ${formatNumber((price.studyAtMost / 3600) * pricePerHour)}`] as [string, string]]),
		...(isHorizon(study) || isEnding(study)
			? []
			: [["a budget", budgetWords(price, slots, pricePerHour === undefined ? null : cost)] as [string, string]]),
	];
}

/** The most is of as many trials, each to its limit: that is what a budget of time bounds, and no bound on how many there are. */
function mostWords(study: TrainableStudy, { studyAtMost }: ScriptPrice): string {
	const isBound = study.budget.seconds !== null && study.budget.seconds <= studyAtMost;
	return isEnding(study) && !isBound
		? `; ${formatSeconds(studyAtMost)} if each of so many trials had the longest length`
		: `, at most ${formatSeconds(studyAtMost)}`;
}

/** What trainings take: of a few there is a guess, of many an answer that is mostly found. */
function budgetWords({ trial }: ScriptPrice, slots: number, cost: ((span: Span) => string) | null): string {
	const [guess, sure] = [firstGuess, usualEnd].map((trainings) => {
		const span = times(trial, trainings / slots);
		return `${formatCount(trainings)} trainings (${secondsWords(span)}${cost === null ? "" : `, ${cost(span)}`})`;
	});
	return `of about ${guess} gives a first guess; about ${sure}, a surer answer`;
}

/** What is too small a budget for a first guess, in a sentence; null where it isn't, or where that is not known. */
export function smallBudgetWords(study: TrainableStudy, price: ScriptPrice | null, slots: number): string | null {
	if (!isCommand(study.workload) || !isLadder(study) || study.batchSizes.length === 1) return null; // our own trials are cheap
	const { trials, seconds } = study.budget;
	if (trials !== null && trials < leastRuns)
		return `${formatCount(trials)} trials are few: a first guess takes about ${leastRuns}. For example --budget ${leastRuns}.`;
	if (seconds === null || price === null) return null;
	const bought = (seconds * slots) / middleOf(price.trial);
	if (bought >= firstGuess) return null;
	return `The budget buys about ${formatCount(Math.floor(bought))} trainings, and a first guess takes about ${firstGuess}: some ${formatSeconds((firstGuess * middleOf(price.trial)) / slots)}.`;
}

function sourceWords({ steps, startUp, by }: Pace, { guessedSteps }: ScriptPrice): string {
	const [[size, seconds]] = [...steps];
	if (by === "trials") return "as earlier trials of this script took";
	return `${formatSeconds(seconds)} a step at batch size ${formatCount(size)} and ${formatSeconds(startUp)} to start, as init measured; that a run takes ${formatCount(guessedSteps === null ? null : Math.round(guessedSteps))} steps is a guess`;
}

const secondsWords = (span: Span): string => spanWords(span, formatSeconds);

function spanWords({ low, high }: Span, format: (value: number) => string): string {
	const [from, to] = [format(low), format(high)];
	return from === to ? from : `${from} to ${to}`;
}
