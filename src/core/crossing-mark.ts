import { type Goal, goalKind, goalMetric, windowOf } from "./goal.js";
import { isLate } from "./looks.js";
import { exp, log } from "./numerics.js";
import type { TrialResult } from "./trial.js";

/** The largest part of a step count by which runs that met the goal at their first look of all are told apart. */
const tie = 1e-6;

/**
 * Where a run's metric crossed its goal, for comparing rates: null where it didn't. Mostly that is the look at which the goal counts as
 * reached. Of a trainer that reports more seldom than looks are due, once an epoch for instance, runs of quite different speed reach the
 * goal at one look: there it lies between that look s and the one before, a,
 *
 *     a · (s/a)^t,     t = (g(goal) − g(at a)) / (g(at s) − g(at a)),
 *
 * with g the logarithm of a loss (where all three are positive) or of an error, 1 − accuracy; any other metric as it is. Only where the
 * window of the goal's rule holds one look, so that it was this value that met the goal. Before a first look there is none to interpolate
 * from: runs that met the goal there differ by how far beyond it they were, by less than a millionth.
 */
export function crossingMark(goal: Goal, ratio: number, result: Pick<TrialResult, "reached" | "evaluations">): number | null {
	const { reached } = result;
	if (reached === null) return null;
	const { after, step } = reached;
	if (after * windowOf(goal) > step || !isLate(after, step, ratio)) return step;
	const valueAt = (place: number) => result.evaluations.find((look) => look.step === place)?.metrics[goalMetric(goal)];
	const at = valueAt(step);
	if (at === undefined) return step;
	const before = after === 0 ? undefined : valueAt(after);
	const [bound, ...values] = scaled(goal, before === undefined ? [at] : [at, before]);
	if (before === undefined) {
		const beyond = Math.abs(bound - values[0]);
		return step * (1 - (tie * beyond) / (1 + beyond));
	}
	const share = (bound - values[1]) / (values[0] - values[1]);
	return share > 0 && share < 1 ? after * exp(share * log(step / after)) : step;
}

/** The goal's own value and those measured, on the scale on which progress is about even. */
function scaled(goal: Goal, measured: readonly number[]): readonly number[] {
	const bound = goal.atLeast ?? goal.atMost ?? 0;
	const kind = goalKind(goal);
	const isShare = kind === "accuracy" || kind === "error";
	const values = isShare ? [kind === "accuracy" ? 1 - bound : bound, ...measured.map((accuracy) => 1 - accuracy)] : [bound, ...measured];
	return kind !== "own" && values.every((value) => value > 0) ? values.map(log) : values;
}
