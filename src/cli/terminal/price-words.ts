import { leastTrials } from "../../study/frugal/least.js";
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
		["time", `about ${secondsWords(price.study)}, at most ${formatSeconds(price.studyAtMost)}`],
		...(pricePerHour === undefined
			? []
			: [["cost", `about ${cost(price.study)}, at most ${formatNumber((price.studyAtMost / 3600) * pricePerHour)}`] as [string, string]]),
		["a budget", budgetWords(price, slots, pricePerHour === undefined ? null : cost)],
	];
}

function budgetWords({ trial }: ScriptPrice, slots: number, cost: ((span: Span) => string) | null): string {
	const [one, compared] = [leastTrials.one, leastTrials.compared].map((trials) => {
		const span = times(trial, trials / slots);
		return `${formatCount(trials)} trials (${secondsWords(span)}${cost === null ? "" : `, ${cost(span)}`})`;
	});
	return `of about ${one} tunes one batch size; about ${compared} compare three: the least that makes sense`;
}

/** What is too small a budget to compare batch sizes, in a sentence; null where it isn't, or where that is not known. */
export function smallBudgetWords(study: TrainableStudy, price: ScriptPrice | null, slots: number): string | null {
	if (!isCommand(study.workload)) return null; // our own trials are cheap
	const { trials, seconds } = study.budget;
	const bought = Math.min(
		trials ?? Number.POSITIVE_INFINITY,
		seconds === null || price === null ? Number.POSITIVE_INFINITY : (seconds * slots) / middleOf(price.trial),
	);
	if (bought >= leastTrials.compared || study.batchSizes.length === 1) return null;
	const count = Math.floor(bought);
	const buys = bought < leastTrials.one ? "too few to tune even one batch size" : "enough to tune one batch size, and to compare none";
	const least = price === null ? "" : `, some ${formatSeconds((leastTrials.compared * middleOf(price.trial)) / slots)}`;
	const given =
		trials !== null && trials <= bought ? `${formatCount(trials)} trials are` : `The budget buys about ${formatCount(count)} trials:`;
	return `${given} ${buys}. The least that makes sense is about ${leastTrials.compared} trials${least}: --budget ${leastTrials.compared}.`;
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
