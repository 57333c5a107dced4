import { closestToGoal, type Goal } from "../core/goal.js";
import type { FinishedTrial } from "../core/trial.js";
import type { Findings } from "./findings.js";

/** The value of the goal's metric that came closest to the goal, and the trial's batch size and learning rate. */
export interface BestSeen {
	readonly value: number;
	readonly batchSize: number;
	readonly learningRate: number;
}

/** The best value over all looks of all trials, the first of equals; null where the goal's metric was never measured. */
export function bestSeen(goal: Goal, trials: readonly FinishedTrial[]): BestSeen | null {
	let best: BestSeen | null = null;
	let closest = Number.NEGATIVE_INFINITY;
	for (const { spec, result } of trials) {
		const signed = closestToGoal(goal, result.evaluations);
		if (signed <= closest) continue;
		closest = signed;
		best = { value: goal.atLeast === undefined ? -signed : signed, batchSize: spec.batchSize, learningRate: spec.learningRate };
	}
	return best;
}

/** The same for a study whose goal no batch size reached; null for any other, whose answer doesn't tell: it takes reading every look of every trial. */
export const bestOfMissed = (goal: Goal, { recommendation }: Findings, trials: readonly FinishedTrial[]): BestSeen | null =>
	recommendation.verdict === "not reached" ? bestSeen(goal, trials) : null;
