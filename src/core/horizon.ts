import { type Goal, goalValueOf, isHigherBetter } from "./goal.js";
import type { Horizon } from "./training-length.js";
import type { Outcome, TrialResult } from "./trial.js";

/** A goal that asks for the best end of a training of a given length. */
export interface BestGoal extends Goal {
	readonly best: "lowest" | "highest";
	readonly horizon: Horizon;
	/** The most that a larger batch may lose, in the metric's own unit. */
	readonly give: number;
}

/** Whether the goal asks for the best end of a training, in place of a value to reach. */
export const isBestGoal = (goal: Goal): goal is BestGoal =>
	goal.best !== undefined && goal.horizon !== undefined && goal.give !== undefined;

/**
 * How a run of a planned length ended: with a value of the goal's metric at its last look; diverged, which is as bad as can be; or cut off
 * before its planned end, which says nothing of the end.
 */
export type End = { readonly kind: "value"; readonly value: number } | { readonly kind: "diverged" } | { readonly kind: "cut off" };

/** Outcomes of a run that reached its planned end. */
const atTheEnd: readonly Outcome[] = ["missed", "reached"];

/** How a run of a planned length ended. Only its last look counts: earlier ones are of a schedule that hasn't ended. */
export function endOf(goal: Goal, result: Pick<TrialResult, "outcome" | "evaluations">): End {
	if (result.outcome === "diverged") return { kind: "diverged" };
	if (!atTheEnd.includes(result.outcome)) return { kind: "cut off" };
	const last = result.evaluations.at(-1);
	const value = last && goalValueOf(goal, last);
	return value === undefined || !Number.isFinite(value) ? { kind: "diverged" } : { kind: "value", value };
}

/** By how much `value` is worse than `best`, in the metric's own unit; negative where it is better. */
export const lossAgainst = (goal: Goal, value: number, best: number): number => (isHigherBetter(goal) ? best - value : value - best);

/** One setting at one length: the run that was to show how it ends. */
export interface HorizonRun {
	readonly batchSize: number;
	readonly learningRate: number;
	/** Of the planned length. */
	readonly share: number;
	/** Planned. */
	readonly steps: number;
	readonly end: End;
}

/**
 * The run that ended with the best value, and that value; null where none ended with one. Of equal lowest values the last, of equal highest
 * the first.
 */
export function bestEnding(goal: Goal, runs: readonly HorizonRun[]): { readonly run: HorizonRun; readonly value: number } | null {
	const ended = runs.flatMap((run) => (run.end.kind === "value" ? [{ run, value: run.end.value }] : []));
	return ended.length === 0 ? null : ended.reduce((a, b) => (isHigherBetter(goal) === b.value > a.value ? b : a));
}

/** A batch size with its learning rate. */
export interface HorizonSetting {
	readonly batchSize: number;
	readonly learningRate: number;
	/** The planned length at this batch size. */
	readonly steps: number;
}

/** What the design has found so far. */
export interface HorizonAnswer {
	/** Every run of the search, in order. */
	readonly runs: readonly HorizonRun[];
	/** Null while it isn't known, and where no rate ended well. */
	readonly best: HorizonSetting | null;
	/** Larger batches whose loss was to be shown on fresh seeds, ascending. */
	readonly larger: readonly HorizonSetting[];
	/** The next larger size that was listed but not put to the test; null where there is none. */
	readonly untested: number | null;
	/** Whether nothing more is asked for. */
	readonly isOver: boolean;
	/** The user's own setting; absent where the study has none. */
	readonly own?: HorizonSetting;
}
