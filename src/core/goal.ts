import type { Evaluation, MetricName } from "./trial.js";

/** A metric and the value it must reach. `error` is 1 − accuracy. */
export interface Goal {
	readonly metric: `${"train" | "validation"}.${"loss" | "accuracy" | "error"}`;
	/** For accuracy: met at ≥. */
	readonly atLeast?: number;
	/** For loss and error: met at ≤. */
	readonly atMost?: number;
	/**
	 * w: the goal counts as reached at step s where the mean of the metric over the looks from s/w to s meets it. 1: at the first look that
	 * meets it. Absent: the usual.
	 */
	readonly window?: number;
}

/** See `GoalWatch`, and docs/goal.md for the rules that were compared. */
export const usualWindow = 1.1;

export const windowOf = ({ window = usualWindow }: Pick<Goal, "window">): number => window;

/** The set a goal is on. */
export const goalSet = (goal: Goal): "train" | "validation" => (goal.metric.startsWith("train.") ? "train" : "validation");

/** The metric that must be measured to check the goal: an error is told by its accuracy. */
export const goalMetric = ({ metric }: Pick<Goal, "metric">): MetricName => metric.replace(".error", ".accuracy") as MetricName;

/** What a goal measures, on whichever set. */
export type MetricKind = "loss" | "accuracy" | "error";
export const goalKind = (goal: Goal): MetricKind => goal.metric.split(".")[1] as MetricKind;

/** The goal's metric as measured at one look, or undefined where it wasn't (or isn't a number). */
export const goalValueOf = (goal: Goal, evaluation: Evaluation): number | undefined => metricAt(goalSet(goal), goalKind(goal), evaluation);

/** A metric of a set at one look, or undefined where it wasn't measured (or isn't a number). */
export function metricAt(set: "train" | "validation", kind: MetricKind, evaluation: Evaluation): number | undefined {
	const name: MetricName = `${set}.${kind === "error" ? "accuracy" : kind}`;
	const value = evaluation.metrics[name];
	return value === undefined || kind !== "error" ? value : 1 - value;
}

/** Whether the metric that is measured for the goal (`goalMetric`) meets it at this value; false where there is none. */
export function meetsGoalAt(goal: Goal, measured: number | undefined): boolean {
	if (measured === undefined) return false;
	const { atLeast, atMost = Number.NEGATIVE_INFINITY } = goal;
	// Errors are compared as accuracies: 1 − 0.85 is 0.15000000000000002, and an error of 0.15 meets a goal of 0.15.
	if (goalKind(goal) === "error") return measured >= 1 - atMost;
	return atLeast === undefined ? measured <= atMost : measured >= atLeast;
}

/** Whether one look meets the goal. */
export const meetsGoal = (goal: Goal, evaluation: Evaluation): boolean => meetsGoalAt(goal, evaluation.metrics[goalMetric(goal)]);

/** The best value of the goal's metric over a run's looks, signed so that higher is closer to the goal; −Infinity where there is none. */
export const closestToGoal = (goal: Goal, evaluations: readonly Evaluation[]): number =>
	evaluations.reduce((closest, evaluation) => {
		const value = goalValueOf(goal, evaluation);
		return value === undefined ? closest : Math.max(closest, goal.atLeast === undefined ? -value : value);
	}, Number.NEGATIVE_INFINITY);

/** The goal in words: `validation accuracy of at least 0.95`. */
export const describeGoal = (goal: Goal): string =>
	`${goal.metric.replace(".", " ")} of ${goal.atLeast === undefined ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`}`;
