import type { NetworkWorkload } from "../../study/study.js";

export interface Settings {
	readonly workload: NetworkWorkload;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** How often every batch size is timed, all sizes in turn. */
	readonly passes: number;
	/** A pass takes as many steps as fill this time, and at least three. */
	readonly milliseconds: number;
	readonly seed: number;
}

export interface Task {
	readonly workload: NetworkWorkload;
	readonly batchSize: number;
	readonly milliseconds: number;
	readonly seed: number;
}

export interface Result {
	/** Of a whole training step: gathering the batch, forward, backward, update. */
	readonly secondsPerStep: number;
}
