import type { Evaluation, MetricName } from "./trial.js";

/** A metric and the value it must reach. `error` is 1 − accuracy. */
export interface Goal {
	readonly metric: `${"train" | "validation"}.${"loss" | "accuracy" | "error"}`;
	/** For accuracy: met at ≥. */
	readonly atLeast?: number;
	/** For loss and error: met at ≤. */
	readonly atMost?: number;
}

/** The set a goal is on. */
export const goalSet = (goal: Goal): "train" | "validation" => (goal.metric.startsWith("train.") ? "train" : "validation");

/** The metric that must be measured to check the goal: an error is told by its accuracy. */
export const goalMetric = ({ metric }: Pick<Goal, "metric">): MetricName => metric.replace(".error", ".accuracy") as MetricName;

/** What a goal measures, on whichever set. */
export type MetricKind = "loss" | "accuracy" | "error";
export const goalKind = (goal: Goal): MetricKind => goal.metric.split(".")[1] as MetricKind;

/** The goal's metric as measured at one look, or undefined where it wasn't (or isn't a number). */
const goalValue = (goal: Goal, evaluation: Evaluation): number | undefined => metricAt(goalSet(goal), goalKind(goal), evaluation);

/** A metric of a set at one look, or undefined where it wasn't measured (or isn't a number). */
export function metricAt(set: "train" | "validation", kind: MetricKind, evaluation: Evaluation): number | undefined {
	const name: MetricName = `${set}.${kind === "error" ? "accuracy" : kind}`;
	const value = evaluation.metrics[name];
	return value === undefined || kind !== "error" ? value : 1 - value;
}

export function meetsGoal(goal: Goal, evaluation: Evaluation): boolean {
	const [set, kind] = goal.metric.split(".") as ["train" | "validation", "loss" | "accuracy" | "error"];
	if (kind === "error") {
		// Held against each other as accuracies: 1 − 0.85 is 0.15000000000000002, and an error of 0.15 meets a goal of 0.15.
		const accuracy = evaluation.metrics[`${set}.accuracy`];
		return accuracy !== undefined && accuracy >= 1 - (goal.atMost ?? Number.NEGATIVE_INFINITY);
	}
	const value = goalValue(goal, evaluation);
	if (value === undefined) return false;
	return goal.atLeast === undefined ? value <= (goal.atMost ?? Number.NEGATIVE_INFINITY) : value >= goal.atLeast;
}

/** The best value of the goal's metric over a run's looks, signed so that higher is closer to the goal; −Infinity where there is none. */
export const closestToGoal = (goal: Goal, evaluations: readonly Evaluation[]): number =>
	evaluations.reduce((closest, evaluation) => {
		const value = goalValue(goal, evaluation);
		return value === undefined ? closest : Math.max(closest, goal.atLeast === undefined ? -value : value);
	}, Number.NEGATIVE_INFINITY);

/** The goal in words: `validation accuracy of at least 0.95`. */
export const describeGoal = (goal: Goal): string =>
	`${goal.metric.replace(".", " ")} of ${goal.atLeast === undefined ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`}`;
