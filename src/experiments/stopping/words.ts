import type { Estimate } from "../../analysis/findings.js";
import { listed } from "../../words/listed.js";
import { formatCount, formatEstimate, formatNumber, formatPercent } from "../../words/numbers.js";
import { verdictAbove } from "../claims/claim.js";
import { isAbove, isBelow } from "../lab/estimates.js";
import { say, saying, unclear } from "../lab/say.js";
import { margin } from "./claims.js";
import { choiceOf, type Earlier, type Figures, type Row, rowOf, rowsOf, spanOf } from "./figures.js";
import { ruleInWords } from "./rules.js";
import type { Settings } from "./settings.js";

export const words = (figures: Figures, settings: Settings): readonly string[] =>
	saying(headline(figures, settings), earlier(figures, settings), otherRules(figures, settings), choosing(figures));

/** What the whole interval says of a gain in accuracy, compared with the margin. */
function gained(gain: Estimate): string {
	const worth = say(
		verdictAbove(gain, margin.accuracy),
		"a gain",
		"not worth stopping for",
		unclear(`that is more than ${formatNumber(100 * margin.accuracy)} points`),
	);
	return `${formatPercent(gain)} (${isBelow(gain, -margin.accuracy) ? "a loss" : worth})`;
}

function headline(figures: Figures, { regularizers, moderate, rules, epochs }: Settings): string {
	const [none, other] = regularizers.map((regularizer) => rowOf(figures, regularizer, moderate)?.rules[0]);
	if (!none || !other) return "";
	return `At batch size ${moderate}, a ${ruleInWords(rules[0])} ends a run after ${formatEstimate(none.epochs)} of ${epochs} epochs and changes its test accuracy by ${gained(none.gain)}. With ${regularizers[1]} it ends a run after ${formatEstimate(other.epochs)} epochs and changes the accuracy by ${gained(other.gain)}.`;
}

function earlier(figures: Figures, settings: Settings): string {
	const { examples, rules } = settings;
	const [smallest] = figures.earlier;
	const ends = rowsOf(figures, settings, "none").map((row) => `${formatEstimate(row.rules[0].epochs)} (B = ${formatCount(row.batchSize)})`);
	const against = (ratio: Estimate, less: string, more: string, same: string) =>
		isBelow(ratio, 1) ? less : isAbove(ratio, 1) ? more : same;
	const epochs = against(
		smallest.epochs,
		"could have stopped after fewer epochs than",
		"had to train for more epochs than",
		"could have stopped after about as many epochs as",
	);
	const steps = against(smallest.steps, "fewer", "more", "about as many");
	const times = (of: (one: Earlier) => Estimate) =>
		listed(figures.earlier.map((one) => `${formatEstimate(of(one))} (B = ${one.batchSize})`));
	return `Without a regularizer, a ${ruleInWords(rules[0])} ends runs after ${listed(ends)} epochs. Batch size ${smallest.batchSize} ${epochs} the full batch of ${formatCount(examples)}. Counted in steps, it needed ${steps}. As multiples of the full batch's, the epochs are ${times((one) => one.epochs)} and the steps ${times((one) => one.steps)}.`;
}

function otherRules(figures: Figures, settings: Settings): string {
	const { moderate, rules, seeds } = settings;
	const [, ...others] = rowOf(figures, "none", moderate)?.rules ?? [];
	const byRule = others.map(({ rule, epochs, gain, fired }) => {
		const reached = fired < seeds.reporting ? `, reached by ${fired} of ${seeds.reporting} runs` : "";
		return `${formatPercent(gain)} with ${ruleInWords(rule)} (after ${spanOf(epochs)} epochs${reached})`;
	});
	const place = rules.findIndex(({ kind }) => kind === "steps");
	const bySteps = ({ batchSize, rules: ruled }: Row) => {
		const { accuracy, epochs } = ruled[place];
		const span = spanOf(epochs);
		return `${formatPercent(accuracy)} (B = ${formatCount(batchSize)}, ${span} ${span === "1" ? "epoch" : "epochs"})`;
	};
	return `At batch size ${moderate} the other rules change the test accuracy, compared with all epochs, by ${listed(byRule)}. The same number of steps is a different number of epochs at every batch size: after ${ruleInWords(rules[place])} the test accuracy is ${listed(rowsOf(figures, settings, "none").map(bySteps))}.`;
}

function choosing(figures: Figures): string {
	const [epoch, size, both] = (["epoch", "batch size", "both"] as const).map((of) => choiceOf(figures, of));
	if (!epoch || !size || !both) return "";
	const limit = `${formatNumber(100 * margin.inflation)} %`;
	const flatters = say(
		verdictAbove(epoch.inflation, margin.inflation),
		`that is more than ${limit}, so a score on the set used for the choice is no test score`,
		`that is less than ${limit}`,
		unclear(`that is more than ${limit}`),
	);
	return `If the epoch is chosen by accuracy on one held-out set, it scores ${formatPercent(epoch.own)} on that set and ${formatPercent(epoch.other)} on another. So choosing adds ${formatPercent(epoch.inflation)} to the score; ${flatters}. Choosing the batch size adds ${formatPercent(size.inflation)}, and choosing both adds ${formatPercent(both.inflation)}.`;
}
