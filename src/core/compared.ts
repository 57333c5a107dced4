import { describeMetric, type Goal, goalKind, goalValueOf, isHigherBetter, isOwnMetric, metricAt } from "./goal.js";
import type { Evaluation, TrialResult } from "./trial.js";

/** What comparisons at equal budgets compare, in words: `validation accuracy`; the goal's own metric, where it is the user's: `f1`. */
export const comparedName = (goal: Goal): string => (isOwnMetric(goal) ? describeMetric(goal) : `validation ${goalKind(goal)}`);

/** Its value at one look, or undefined where it wasn't measured. */
export function comparedValue(goal: Goal, evaluation: Evaluation): number | undefined {
	const kind = goalKind(goal);
	return kind === "own" ? goalValueOf(goal, evaluation) : metricAt("validation", kind, evaluation);
}

/** Less is better: a loss, an error, a metric that is better lower; 1 − accuracy; else minus the metric. Its own inverse, but for signs. */
export function badnessOf(goal: Goal, value: number): number {
	if (goalKind(goal) === "accuracy") return 1 - value;
	return isHigherBetter(goal) ? -value : value;
}

/**
 * The last look of a run that went to the end of its budget of `steps`; undefined where it diverged or failed. A script's last report may
 * come before: as soon as its next one would come too late it has gone as far as its reports can show, which is more than half of it.
 */
export function lookAtTheEnd({ outcome, evaluations }: TrialResult, steps: number): Evaluation | undefined {
	const last = evaluations.at(-1);
	const isSound = outcome === "missed" || outcome === "reached";
	return last && (last.step === steps || (isSound && 2 * last.step > steps)) ? last : undefined;
}
