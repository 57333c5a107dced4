import { isKnownError, isKnownMetric } from "./metric-names.js";
import type { Horizon } from "./training-length.js";
import type { Evaluation } from "./trial.js";

/** A goal's metric whose meaning is known. `error` is 1 − accuracy. */
export type KnownGoalMetric = `${"train" | "validation"}.${"loss" | "accuracy" | "error"}`;

/** The name of a metric of the user's own, such as `f1` or `eval/auc`: any value counts, and the goal says which way is better. */
export type OwnMetricName = string & Record<never, never>;

/** A metric, and the value it must reach, or that it is to end as low or as high as possible. */
export interface Goal {
	readonly metric: KnownGoalMetric | OwnMetricName;
	/** For accuracy, and where more of a metric is better: met at ≥. */
	readonly atLeast?: number;
	/** For loss and error, and where less of a metric is better: met at ≤. */
	readonly atMost?: number;
	/** In place of a value: the best end of a training of the length `horizon`. */
	readonly best?: "lowest" | "highest";
	/** With `best`. */
	readonly horizon?: Horizon;
	/** With `best`: the most that a larger batch may lose, in the metric's own unit. */
	readonly give?: number;
	/**
	 * w: the goal counts as reached at step s where the mean of the metric over the looks from s/w to s meets it. 1: at the first look that
	 * meets it. Absent: the usual.
	 */
	readonly window?: number;
}

/** Whether more of the goal's metric is better. */
export const isHigherBetter = ({ atLeast, best }: Pick<Goal, "atLeast" | "best">): boolean => atLeast !== undefined || best === "highest";

/** See `GoalWatch`, and docs/goal.md for the rules that were compared. */
export const usualWindow = 1.1;

export const windowOf = ({ window = usualWindow }: Pick<Goal, "window">): number => window;

/** The set a goal is on, as far as the metric's name shows it. */
export const goalSet = ({ metric }: Pick<Goal, "metric">): "train" | "validation" =>
	/^train(?:ing)?[./]/.test(metric) ? "train" : "validation";

/** The metric that must be measured to check the goal: for an error it is the accuracy. */
export const goalMetric = ({ metric }: Pick<Goal, "metric">): string =>
	isKnownError(metric) ? metric.replace(".error", ".accuracy") : metric;

/** Whether the metric is the user's own, of which nothing is known but its name and its direction. */
export const isOwnMetric = ({ metric }: Pick<Goal, "metric">): boolean => !isKnownError(metric) && !isKnownMetric(metric);

/** What a known metric measures, on any set. */
export type MetricKind = "loss" | "accuracy" | "error";

/** What a goal measures; "own": a metric of the user's own. */
export const goalKind = (goal: Pick<Goal, "metric">): MetricKind | "own" =>
	isOwnMetric(goal) ? "own" : (goal.metric.split(".")[1] as MetricKind);

/** The goal's metric as measured at one look, or undefined where it wasn't (or isn't a number). */
export function goalValueOf(goal: Goal, { metrics }: Evaluation): number | undefined {
	const value = metrics[goalMetric(goal)];
	return value !== undefined && goalKind(goal) === "error" ? 1 - value : value;
}

/** A metric of a set at one look, or undefined where it wasn't measured (or isn't a number). */
export function metricAt(set: "train" | "validation", kind: MetricKind, evaluation: Evaluation): number | undefined {
	const name = `${set}.${kind === "error" ? "accuracy" : kind}` as const;
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
		return value === undefined ? closest : Math.max(closest, isHigherBetter(goal) ? value : -value);
	}, Number.NEGATIVE_INFINITY);

/** The goal's metric in words: `validation accuracy`, `f1`. */
export const describeMetric = (goal: Pick<Goal, "metric">): string => (isOwnMetric(goal) ? goal.metric : goal.metric.replace(".", " "));

/** The goal in words: `validation accuracy of at least 0.95`, `f1 of at least 0.9`; with `best`: `lowest validation loss`. */
export const describeGoal = (goal: Goal): string =>
	goal.best === undefined
		? `${describeMetric(goal)} of ${goal.atLeast === undefined ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`}`
		: `${goal.best} ${describeMetric(goal)}`;

/** Names that are spoken with a vowel first: `auc`, `error_rate`, and `f1`, `mse`, `r2`, whose letters are spelt. */
const vowelFirst = /^(?:[aeio]|[fhlmnrsx](?![a-z]*[aeiouy]))/i;

/** The goal in words behind its article: `a validation accuracy of at least 0.95`, `an f1 of at least 0.9`. */
export const describeGoalWithArticle = (goal: Goal): string => `${goal.best === undefined ? article(goal) : "the"} ${describeGoal(goal)}`;

/** `a` or `an`, by how the metric's name is spoken. */
export const article = ({ metric }: Pick<Goal, "metric">): "a" | "an" => (vowelFirst.test(metric) ? "an" : "a");
