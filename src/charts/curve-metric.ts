import type { LearningCurve } from "../analysis/learning-curves.js";
import { type Goal, goalKind } from "../core/goal.js";
import { evenTicks, powersOfTen, tickNumber } from "./ticks.js";

export type CurveLook = LearningCurve["looks"][number];

/**
 * How a goal's metric is drawn: a loss on a logarithmic axis, an accuracy on one that stretches towards 1 (logarithmic in what is missing).
 * A metric of the user's own is on a logarithmic axis where less is better and all that is drawn is positive, else on a linear one.
 */
export interface CurveMetric {
	/** What it is called in running text. */
	readonly name: string;
	readonly scale: "log" | "linear";
	/** What is drawn from what was measured on a set. */
	readonly drawn: (look: CurveLook, set: "train" | "validation") => number | undefined;
	readonly goal: number;
	readonly title: string;
	readonly tick: (drawn: number) => string;
	readonly ticks: (low: number, high: number) => number[];
	/** Whether small is up. */
	readonly reverse: boolean;
	/** Whether its name says on which set it was measured. */
	readonly ofSet: boolean;
	/** What the key calls the curve that isn't the training set's. */
	readonly heldOut: string;
}

export function curveMetric(goal: Goal, curves: readonly LearningCurve[]): CurveMetric {
	const kind = goalKind(goal);
	if (kind === "own") return ownMetric(goal, curves);
	const bound = goal.atLeast ?? goal.atMost ?? Number.NaN;
	if (kind === "loss") {
		return {
			name: kind,
			scale: "log",
			drawn: ({ metrics }, set) => metrics[`${set}.loss`],
			goal: bound,
			title: "loss",
			tick: tickNumber,
			ticks: (low, high) => powersOfTen(low, high, 6),
			reverse: false,
			ofSet: true,
			heldOut: "held-out",
		};
	}
	return {
		name: kind,
		scale: "log",
		drawn: ({ metrics }, set) => {
			const accuracy = metrics[`${set}.accuracy`];
			return accuracy === undefined ? undefined : 1 - accuracy;
		},
		goal: goal.atLeast === undefined ? bound : 1 - goal.atLeast,
		title: kind === "accuracy" ? "accuracy (axis stretched towards 1)" : "error",
		tick: kind === "accuracy" ? (error) => tickNumber(1 - error) : tickNumber,
		ticks: sharesWithin,
		reverse: kind === "accuracy",
		ofSet: true,
		heldOut: "held-out",
	};
}

/** `validation.f1` has its like in `train.f1`; where a name says nothing of a set, there is one curve, and it is called by it. */
function ownMetric(goal: Goal, curves: readonly LearningCurve[]): CurveMetric {
	const { metric } = goal;
	const [, set, joint, rest] = /^(train|training|validation|valid|val|eval|dev)([./])(.+)$/.exec(metric) ?? [];
	const onTraining = set?.startsWith("train") ?? false;
	const trainName = set === undefined ? null : onTraining ? metric : `train${joint}${rest}`;
	const heldOutName = onTraining ? `validation${joint}${rest}` : metric;
	const drawn: CurveMetric["drawn"] = ({ metrics }, of) =>
		of === "validation" ? metrics[heldOutName] : trainName === null ? undefined : metrics[trainName];
	const bound = goal.atLeast ?? goal.atMost ?? Number.NaN;
	const values = curves.flatMap(({ looks }) =>
		looks.flatMap((look) => [drawn(look, "train"), drawn(look, "validation")].filter((value) => value !== undefined)),
	);
	const isLog = goal.atLeast === undefined && [bound, ...values].every((value) => value > 0);
	return {
		name: metric,
		scale: isLog ? "log" : "linear",
		drawn,
		goal: bound,
		title: metric,
		tick: tickNumber,
		ticks: isLog ? (low, high) => powersOfTen(low, high, 6) : evenTicks,
		reverse: false,
		ofSet: set !== undefined,
		heldOut: set === undefined ? metric : "held-out",
	};
}

/** Errors at which readers know their way, read as accuracies: 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, … */
function sharesWithin(low: number, high: number): number[] {
	const decades = [1, 0.1, 0.01, 0.001];
	return decades.flatMap((decade) => [decade, decade / 2, decade / 5]).filter((tick) => tick >= low && tick <= high);
}

/** [low, high] of what is drawn, a little wider on both ends. */
export function linearDomain(values: readonly number[]): [number, number] {
	const finite = values.filter(Number.isFinite);
	if (finite.length === 0) return [0, 1];
	const [low, high] = [Math.min(...finite), Math.max(...finite)];
	const room = high > low ? (high - low) / 20 : Math.max(Math.abs(low) / 10, 0.1);
	return [low - room, high + room];
}
