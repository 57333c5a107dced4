import { Rng } from "../../src/core/rng.js";
import { formatCount, formatNumber, formatRate } from "../../src/words/numbers.js";
import { table } from "../markdown.js";
import { median } from "../median.js";
import type { OneSeedChoice } from "./one-seed.js";
import type { Judged } from "./reference.js";
import { clusterBound, exactBound, quantile } from "./shares.js";

/** The best setting of a workload. */
export interface Best extends Judged {
	readonly workload: string;
}

/**
 * One study's answer: its price in trainings at the best setting, by examples and by seconds, and what its choice costs over the best; ∞
 * where it chose nothing.
 */
export interface Outcome {
	readonly design: string;
	readonly workload: string;
	readonly examples: number;
	readonly seconds: number;
	readonly regret: number;
	readonly isFound: boolean;
}

/** How far from the best a good answer may be. */
const tolerance = 0.25;

/** The tables of docs/price.md. */
export const priceTables = (designs: readonly string[], bests: readonly Best[], outcomes: readonly Outcome[]) => ({
	designs: designsTable(designs, outcomes),
	workloads: workloadsTable(designs, bests, outcomes),
	failures: failuresText(outcomes),
});

/** An answer that failed costs without end. */
export const priceOf = ({ examples, seconds, regret }: Omit<Outcome, "design">): number =>
	regret === Number.POSITIVE_INFINITY ? regret : Math.max(examples, seconds);

export const isGood = ({ regret }: Pick<Outcome, "regret">): boolean => regret <= 1 + tolerance;

const priceIn = (trainings: number): string => (Number.isFinite(trainings) ? formatNumber(trainings) : "no end");

const times = (regret: number): string => (Number.isFinite(regret) ? regret.toFixed(2) : "no answer");

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function designsTable(designs: readonly string[], outcomes: readonly Outcome[]): string {
	const rows = designs.map((design) => {
		const own = outcomes.filter((outcome) => outcome.design === design);
		const good = own.filter(isGood).length;
		const prices = own.map(priceOf);
		const exact = exactBound(good, own.length);
		const clusters = [...new Set(own.map(({ workload }) => workload))].map((workload) =>
			own.filter((outcome) => outcome.workload === workload).map((outcome) => (isGood(outcome) ? 1 : 0)),
		);
		return [
			design,
			priceIn(quantile(prices, 0.5)),
			priceIn(quantile(prices, 0.9)),
			formatNumber(median(own.map(({ examples }) => examples))),
			formatNumber(median(own.map(({ seconds }) => seconds))),
			`${good} of ${own.length}`,
			`${percent(exact.low)}–${percent(exact.high)}`,
			percent(clusterBound(clusters, Rng.fromSeed(1))),
			times(median(own.map(({ regret }) => regret))),
			foundIn(own),
		];
	});
	const heads = [
		"design",
		"price: middle",
		"nine in ten at most",
		"in examples",
		"in seconds",
		"within 25 %",
		"95 % (binomial)",
		"at least (by workload)",
		"cost over the best: middle",
		"found, and right",
	];
	return table(
		heads.map((head, i) => [head, i === 0 ? "left" : "right"] as const),
		rows,
	);
}

/** How many answers say that they are found, and how many of these are within the tolerance. */
function foundIn(outcomes: readonly Outcome[]): string {
	const found = outcomes.filter(({ isFound }) => isFound);
	return `${found.length}, ${found.filter(isGood).length}`;
}

function workloadsTable(designs: readonly string[], bests: readonly Best[], outcomes: readonly Outcome[]): string {
	const rows = bests.map(({ workload, batchSize, rate, steps }) => {
		const goodOf = (design: string): string => {
			const own = outcomes.filter((outcome) => outcome.workload === workload && outcome.design === design);
			return own.length === 0 ? "–" : `${own.filter(isGood).length} of ${own.length}`;
		};
		return [workload, `${formatCount(batchSize)}, ${formatRate(2 ** (rate / 2))}`, formatCount(steps), ...designs.map(goodOf)];
	});
	const heads = ["workload", "best batch size and rate", "steps there", ...designs];
	return table(
		heads.map((head, i) => [head, i === 0 ? "left" : "right"] as const),
		rows,
	);
}

function failuresText(outcomes: readonly Outcome[]): string {
	const failed = outcomes.filter((outcome) => outcome.design === "ladder" && !isGood(outcome));
	const list = failed.map(({ workload, regret }) => `${workload} ${times(regret)}`);
	return list.length === 0
		? "No answer of the ladder cost more."
		: `Answers of the ladder that cost more, with their cost over the best: ${list.join("; ")}.`;
}

/** How often each way to choose comes within the tolerance. */
export function oneSeedTable(choices: readonly OneSeedChoice[]): string {
	const rows = [...new Set(choices.map(({ way }) => way))].map((way) => {
		const regrets = choices.filter((choice) => choice.way === way).map(({ regret }) => regret);
		const good = regrets.filter((regret) => regret <= 1 + tolerance).length;
		const { low, high } = exactBound(good, regrets.length);
		return [way, `${good} of ${regrets.length}`, `${percent(low)}–${percent(high)}`, times(median(regrets))];
	});
	const heads = ["the setting that is chosen", "within 25 %", "95 % (binomial)", "cost over the best: middle"];
	return table(
		heads.map((head, i) => [head, i === 0 ? "left" : "right"] as const),
		rows,
	);
}
