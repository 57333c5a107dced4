import type { RunState } from "../run.js";

/** MLflow's store has no infinity: it keeps the largest float64 in its place. */
export const numberKept = (value: number): number =>
	Math.abs(value) === Number.MAX_VALUE ? Math.sign(value) * Number.POSITIVE_INFINITY : value;

/** A run's status as MLflow writes it: a word in its database, a number in its files. */
export function stateOf(status: string): RunState {
	if (status === "FINISHED" || status === "3") return "finished";
	if (status === "RUNNING" || status === "SCHEDULED" || status === "1" || status === "2") return "running";
	return status === "FAILED" || status === "KILLED" || status === "4" || status === "5" ? "failed" : "unknown";
}
