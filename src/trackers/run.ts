/** What a tracker keeps of a run's settings. */
export type ConfigValue = string | number | boolean | null;

/**
 * What the horizontal axis of a curve counts. Updates and epochs: those that are done, or, "from 0", the index of the last one. "calls":
 * how often the script logged. "unknown": the script chose.
 */
export type Axis = "updates" | "updates from 0" | "epochs" | "epochs from 0" | "calls" | "unknown";

/** One metric of one run; the three lists are of one length. */
export interface Curve {
	readonly axis: Axis;
	/** Ascending, without repeats. */
	readonly at: Float64Array;
	/** NaN or infinite where the run had diverged. */
	readonly values: Float64Array;
	/** Seconds by the run's own clock, with any zero; NaN if it has none. */
	readonly seconds: Float64Array;
}

/** How a run ended, as far as its tracker knows. "pruned": something else ended it, since others did better. */
export type RunState = "finished" | "running" | "pruned" | "failed" | "unknown";

/** A run as its tracker kept it: nothing is interpreted yet. */
export interface TrackedRun {
	readonly name: string;
	/** The experiment, project or study it belongs to; null where the format has none. */
	readonly group: string | null;
	/** Settings by key; of nested ones the keys are joined by dots. */
	readonly config: ReadonlyMap<string, ConfigValue>;
	readonly curves: ReadonlyMap<string, Curve>;
	readonly state: RunState;
}

/** The name of the one curve that a tracker leaves unnamed: the value that the run was judged by. */
export const unnamedCurve = "";
