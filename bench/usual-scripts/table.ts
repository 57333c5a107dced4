import { median } from "../../src/analysis/bootstrap.js";
import { isHigherBetter } from "../../src/core/goal.js";
import { isBestGoal, lossAgainst } from "../../src/core/horizon.js";
import { formatInterval, plain } from "../../src/words/numbers.js";
import { table } from "../markdown.js";
import type { Fresh, Setting } from "./judge.js";
import type { Outcome } from "./outcome.js";

/** One line for each script: what was found, what it cost, what was answered, and what fresh runs say of it. */
export const scriptsTable = (outcomes: readonly Outcome[]): string =>
	table(
		[
			["script", "left"],
			["init found", "left"],
			["price, trainings", "right"],
			["answer", "left"],
			["fresh runs of it, and of the script's own", "left"],
			["holds", "left"],
		],
		outcomes.map((outcome) => [outcome.manner, outcome.found, priceOf(outcome), answerOf(outcome), ...verdictOf(outcome)]),
	);

/** `10.7 (own 2.9)`: what the script's own setting took is named where it is known apart. */
function priceOf({ findings }: Outcome): string {
	const { trainings, own } = findings?.cost ?? {};
	if (trainings === null || trainings === undefined) return "–";
	return `${trainings.toFixed(1)}${own === undefined ? "" : ` (own ${own.toFixed(1)})`}`;
}

const settingWords = ({ batchSize, learningRate }: Setting): string => `${batchSize} at ${Number(learningRate.toPrecision(2))}`;

function answerOf({ findings, problem, study }: Outcome): string {
	if (findings === null || study === null) return problem?.replace(/\s+/g, " ").slice(0, 120) ?? "–";
	const { recommendation, horizon } = findings;
	const { batchSize, learningRate } = recommendation;
	if (batchSize === null || learningRate === null) return "none";
	if (!horizon?.best) return `${settingWords({ batchSize, learningRate })}, ${recommendation.steps.median?.toFixed(0)} steps`;
	const largest = horizon.largest && horizon.largest.batchSize !== batchSize ? `; largest ${settingWords(horizon.largest)}` : "";
	return `${settingWords({ batchSize, learningRate })}, ends at ${formatInterval(horizon.best.end, plain)}${largest}`;
}

const number = (value: number | null | undefined): string =>
	value === null || value === undefined ? "–" : Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "∞";

/**
 * By medians over the fresh runs: the answer's end lies within the interval that it states, or is worse by `give` at most, and is worse than
 * the script's own by `give` at most; or most runs reach the goal for at most a quarter more, and for no more than the script's own.
 */
function verdictOf({ study, findings, fresh, own }: Outcome): readonly [string, string] {
	if (study === null || findings === null || fresh.length === 0) return ["–", "no answer"];
	const { goal } = study;
	const said = (one: Fresh): string => {
		const size = one.values.length;
		if (isBestGoal(goal)) return `${settingWords(one)}: ${number(median(one.values))}`;
		const reached = one.values.filter(Number.isFinite).length;
		return `${settingWords(one)}: ${number(median(one.values))} steps, ${reached} of ${size}`;
	};
	const chosen = fresh[0];
	const mine = fresh.find((one) => one.batchSize === own.batchSize && one.learningRate === own.learningRate) ?? chosen;
	const words = fresh.map(said).join("; ");
	if (isBestGoal(goal)) {
		const stated = findings.horizon?.best?.end.estimate ?? Number.NaN;
		const end = median(chosen.values);
		const worst = findings.horizon?.best?.end[isHigherBetter(goal) ? "low" : "high"] ?? stated;
		const isAsSaid = lossAgainst(goal, end, stated) <= goal.give || lossAgainst(goal, end, worst) <= 0;
		const isNoWorse = lossAgainst(goal, end, median(mine.values)) <= goal.give;
		const largest = findings.horizon?.largest;
		const judged = fresh.find((one) => one.batchSize === largest?.batchSize && one.learningRate === largest.learningRate);
		const losesNothing = judged === undefined || lossAgainst(goal, median(judged.values), end) <= goal.give;
		return [words, words === "" ? "–" : verdict(isAsSaid, isNoWorse, losesNothing)];
	}
	const reached = chosen.values.filter(Number.isFinite).length;
	const cost = (one: Fresh): number => median(one.values) * Math.sqrt(one.batchSize); // where a step's time is unknown here: by neither steps nor examples alone
	const stated = findings.recommendation.steps.median ?? Number.NaN;
	const isAsSaid = 2 * reached > chosen.values.length && median(chosen.values) <= 1.25 * stated;
	return [words, verdict(isAsSaid, cost(chosen) <= cost(mine), true)];
}

function verdict(isAsSaid: boolean, isNoWorse: boolean, losesNothing: boolean): string {
	const failed = [
		...(isAsSaid ? [] : ["other than it says"]),
		...(isNoWorse ? [] : ["worse than its own"]),
		...(losesNothing ? [] : ["the largest loses more"]),
	];
	return failed.length === 0 ? "yes" : `no: ${failed.join(", ")}`;
}
