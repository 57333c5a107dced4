import { type Goal, goalKind } from "../core/goal.js";

/** Logarithmic for losses and errors; linear for shares and for values that may be negative. */
export const scaleOf = (goal: Pick<Goal, "metric">, values: readonly number[]): "linear" | "log" =>
	["loss", "error"].includes(goalKind(goal)) && values.every((value) => value > 0) ? "log" : "linear";
