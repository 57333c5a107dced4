import { closestToGoal, type Goal } from "../core/goal.js";
import type { FinishedTrial } from "../core/trial.js";
import type { BestSeen } from "./findings.js";

/**
 * The best value over all looks of all trials, the first of equals; null where the goal's metric was never measured. Reads every look of
 * every trial.
 */
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
