import { closestToGoal, type Goal } from "../core/goal.js";
import { type FinishedTrial, trialRunKey } from "../core/trial.js";
import type { BestSeen } from "./findings.js";

/**
 * The best value over all looks of all trials, the first of equals; null where the goal's metric was never measured. Reads every look of
 * every trial. With it, how many runs reached the goal: where most of no setting's do, nothing is recommended, and yet some may have.
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
	const reachedRuns = new Set(
		trials.flatMap(({ spec, result }) => (spec.phase !== "baseline" && result.reached !== null ? [trialRunKey(spec)] : [])),
	).size;
	return best && { ...best, ...(reachedRuns > 0 && { reachedRuns }) };
}
