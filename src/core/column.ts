import type { Setting } from "./setting.js";

/**
 * What the design found at one batch size, as far as it got; with the setting of the rate that is reported, where settings are searched.
 */
export interface ColumnAnswer extends Setting {
	readonly batchSize: number;
	/**
	 * "reached": reporting runs exist for `learningRate`. "not reached": no rate met the goal within its limit. "open": trials still to come.
	 * "out of memory": runs of this size, or of a smaller one, don't fit into memory. "not tried": a small budget is spent elsewhere. "left
	 * behind": tried by the ladder, and ended since others cost less.
	 */
	readonly state: "reached" | "not reached" | "out of memory" | "open" | "not tried" | "left behind";
	/** The rate that is reported (or leads so far, while open); null where none reached the goal yet. */
	readonly learningRate: number | null;
	/** Median steps-to-target at `learningRate`: over the reporting runs once there are any, over the tuning runs before. */
	readonly steps: number | null;
	/** The best rate lies at the end of the range even after widening it: a better one may lie beyond. */
	readonly atEdge: boolean;
	/** Rates that were selected first, but whose median reporting run missed the goal, so that the next candidate took their place. */
	readonly replaced: readonly number[];
	/**
	 * Reporting runs behind the answer, those of seed indices below this; further ones may be under way where a study was extended. 0 unless
	 * reached.
	 */
	readonly reportingRuns: number;
}

/** A batch size of which nothing is reported: no rate, no steps. */
export const blankAnswer = (
	batchSize: number,
	state: Exclude<ColumnAnswer["state"], "reached">,
	replaced: readonly number[] = [],
): ColumnAnswer => ({
	batchSize,
	state,
	learningRate: null,
	steps: null,
	atEdge: false,
	replaced,
	reportingRuns: 0,
});
