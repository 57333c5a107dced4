import type { Recommendation } from "../../src/analysis/findings.js";
import type { Study } from "../../src/study/study.js";
import { formatCount, formatRate } from "../../src/words/numbers.js";
import { table } from "../markdown.js";

/** What a study said, what it took, and what its choice is worth. */
export interface Answer {
	readonly recommendation: Recommendation;
	readonly trials: number;
	readonly examples: number;
	/**
	 * √(time × examples) of the recommended size and rate, over fresh runs: their median steps, the size's seconds per step; ∞ without a
	 * recommendation.
	 */
	readonly score: number;
}

/** One study seed, with the whole study and with a small budget. */
export interface Pair {
	readonly seed: number;
	readonly whole: Answer;
	readonly small: Answer;
}

/** A workload's pairs, under a line that says what they are of and how many of the small ones are as good as the whole. */
export function pairsTable(name: string, study: Study, budget: number, pairs: readonly Pair[]): string {
	const isGood = ({ whole, small }: Pair): boolean => small.score <= (1 + study.tolerance) * whole.score;
	const rows = pairs.map((pair) => {
		const { seed, whole, small } = pair;
		return [
			String(seed),
			choice(whole.recommendation),
			choice(small.recommendation),
			`${whole.recommendation.verdict} / ${small.recommendation.verdict}`,
			(small.score / whole.score).toFixed(2),
			isGood(pair) ? "yes" : "**no**",
			`${whole.trials} / ${small.trials}`,
			`${formatCount(whole.examples)} / ${formatCount(small.examples)}`,
		];
	});
	const titles = ["seed", "whole study", `${budget} trials`, "verdicts", "cost / whole study's", "within 25 %", "trials", "examples"];
	const { metric, atLeast, atMost } = study.goal;
	const goal = `${metric} of at ${atLeast === undefined ? `most ${atMost}` : `least ${atLeast}`}`;
	const good = pairs.filter(isGood).length;
	return `**${name}**, ${goal}, ${study.batchSizes.length} batch sizes; ${good} of ${pairs.length} within 25 %:\n\n${table(
		titles.map((title, i) => [title, i === 0 || i > 3 ? "right" : "left"] as const),
		rows,
	)}`;
}

/** `32 at 0.125 (16, 64)`: the size, its rate, and the sizes that can't be told apart from it. */
function choice({ batchSize, learningRate, indistinguishable }: Recommendation): string {
	if (batchSize === null || learningRate === null) return "none";
	const others = indistinguishable.filter((size) => size !== batchSize);
	return `${formatCount(batchSize)} at ${formatRate(learningRate)}${others.length > 0 ? ` (${others.map(formatCount).join(", ")})` : ""}`;
}
