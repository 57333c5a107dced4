import { closestToGoal, type Goal } from "../core/goal.js";
import type { FinishedTrial } from "../core/trial.js";
import type { Findings } from "./findings.js";

/** The value of the goal's metric that came closest to the goal, the trial's batch size and learning rate, and the step of its first look with that value. */
export interface BestSeen {
	readonly value: number;
	readonly batchSize: number;
	readonly learningRate: number;
	readonly step: number;
}

/** The best value over all looks of all trials, the first of equals; null where the goal's metric was never measured. */
export function bestSeen(goal: Goal, trials: readonly FinishedTrial[]): BestSeen | null {
	let best: BestSeen | null = null;
	let closest = Number.NEGATIVE_INFINITY;
	for (const { spec, result } of trials) {
		for (const evaluation of result.evaluations) {
			const signed = closestToGoal(goal, [evaluation]);
			if (signed <= closest) continue;
			closest = signed;
			const value = goal.atLeast === undefined ? -signed : signed;
			best = { value, batchSize: spec.batchSize, learningRate: spec.learningRate, step: evaluation.step };
		}
	}
	return best;
}

/** The same for a study whose goal no batch size has reached; null for any other, whose answer doesn't tell: it takes reading every look of every trial. */
export const bestOfMissed = (goal: Goal, { recommendation }: Findings, trials: readonly FinishedTrial[]): BestSeen | null =>
	recommendation.batchSize === null ? bestSeen(goal, trials) : null;
