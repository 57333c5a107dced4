import type { Estimate } from "../../analysis/findings.js";
import { listed } from "../../words/listed.js";
import { formatCount, formatEstimate, formatNumber, formatPercent } from "../../words/numbers.js";
import { type Verdict, verdictAbove } from "../claims/claim.js";
import { margin } from "./claims.js";
import { choiceOf, type Figures, type Row, rowOf, spanOf } from "./figures.js";
import { ruleInWords } from "./rules.js";
import type { Settings } from "./settings.js";

export function wordsOf(figures: Figures, settings: Settings): readonly string[] {
	return [headline(figures, settings), earlier(figures, settings), otherRules(figures, settings), choosing(figures)];
}

/** What the whole interval says of a gain in accuracy, held against the margin. */
function gained(gain: Estimate): string {
	const worth: Readonly<Record<Verdict, string>> = {
		supported: "a gain",
		refuted: "not worth stopping for",
		undecided: `whether that is more than ${formatNumber(100 * margin.accuracy)} points, these runs cannot tell`,
	};
	const lost = gain.high !== null && gain.high < -margin.accuracy;
	return `${formatPercent(gain)} (${lost ? "a loss" : worth[verdictAbove(gain, margin.accuracy)]})`;
}

function headline(figures: Figures, { regularizers, moderate, rules, epochs }: Settings): string {
	const [none, other] = regularizers.map((regularizer) => rowOf(figures, regularizer, moderate));
	if (!none || !other) return "";
	return `At batch size ${moderate} a ${ruleInWords(rules[0])} ends a run after ${formatEstimate(none.rules[0].epochs)} of ${epochs} epochs and changes its test accuracy by ${gained(none.rules[0].gain)}; with ${regularizers[1]} after ${formatEstimate(other.rules[0].epochs)}, by ${gained(other.rules[0].gain)}.`;
}

function earlier(figures: Figures, { examples, batchSizes, rules }: Settings): string {
	const [smallest] = figures.earlier;
	const ends = batchSizes.flatMap((batchSize) => {
		const row = rowOf(figures, "none", batchSize);
		return row ? [`${formatEstimate(row.rules[0].epochs)} (B = ${formatCount(batchSize)})`] : [];
	});
	const against = ({ low, high }: Estimate, less: string, more: string, same: string) =>
		high !== null && high < 1 ? less : low !== null && low > 1 ? more : same;
	const times = (of: "epochs" | "steps") => listed(figures.earlier.map((one) => `${formatEstimate(one[of])} (B = ${one.batchSize})`));
	return `Without a regularizer a ${ruleInWords(rules[0])} ends runs after ${listed(ends)} epochs. A batch of ${smallest.batchSize} ${against(
		smallest.epochs,
		"could have stopped after fewer epochs than",
		"had to go on for more epochs than",
		"could have stopped after about as many epochs as",
	)} the full one of ${formatCount(examples)}, and ${against(smallest.steps, "fewer", "more", "about as many")} steps: epochs over the full batch's are ${times("epochs")}, steps ${times("steps")}.`;
}

function otherRules(figures: Figures, { batchSizes, moderate, rules, seeds }: Settings): string {
	const rows = batchSizes.flatMap((batchSize) => rowOf(figures, "none", batchSize) ?? []);
	const at = rows.find(({ batchSize }) => batchSize === moderate);
	const told = rules.slice(1).map((rule, i) => {
		const ruled = at?.rules[i + 1];
		return ruled
			? `${ruleInWords(rule)}: after ${spanOf(ruled.epochs)} epochs, ${formatPercent(ruled.gain)} of accuracy${ruled.fired < seeds.reporting ? `, reached by ${ruled.fired} of ${seeds.reporting} runs` : ""}`
			: "";
	});
	const place = rules.findIndex(({ kind }) => kind === "steps");
	const bySteps = (row: Row) =>
		`${formatPercent(row.rules[place].accuracy)} after ${spanOf(row.rules[place].epochs)} (B = ${formatCount(row.batchSize)})`;
	return `What the other rules come to at batch size ${moderate}, against all epochs: ${told.join("; ")}. One budget of steps is another number of epochs at every batch size: with ${ruleInWords(rules[place])} the test accuracy is ${listed(rows.map(bySteps))} of them.`;
}

function choosing(figures: Figures): string {
	const [epoch, size, both] = (["epoch", "batch size", "both"] as const).map((of) => choiceOf(figures, of));
	if (!epoch || !size || !both) return "";
	const flatters = verdictAbove(epoch.inflation, margin.inflation);
	const limit = `${formatNumber(100 * margin.inflation)} %`;
	const verdict: Readonly<Record<Verdict, string>> = {
		supported: `more than ${limit}: a score on the set that was chosen on is no test score`,
		refuted: `less than ${limit}`,
		undecided: `more or less than ${limit}, these runs cannot tell`,
	};
	return `An epoch chosen by its accuracy on one held-out set scores ${formatPercent(epoch.own)} there and ${formatPercent(epoch.other)} on another: choosing flatters by ${formatPercent(epoch.inflation)}, ${verdict[flatters]}. For the batch size it is ${formatPercent(size.inflation)}, for epoch and batch size together ${formatPercent(both.inflation)}.`;
}
