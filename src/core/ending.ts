import type { HorizonRun } from "./horizon.js";

/** A batch size, and the lengths at which fresh runs show how its trainings end. */
export interface EndingSize {
	readonly batchSize: number;
	/** Null where nothing is run on fresh seeds. */
	readonly learningRate: number | null;
	/** In steps, ascending; around the least length whose end meets the goal. */
	readonly lengths: readonly number[];
	/** "not reached": no training within the limit ended at the goal. */
	readonly state: "measured" | "not reached" | "open";
}

/** What the design found of the least length whose end meets the goal, as far as it got. */
export interface EndingAnswer {
	readonly runs: readonly HorizonRun[];
	/** Those that are tried, ascending. */
	readonly sizes: readonly EndingSize[];
	/** The user's own setting; absent where the study has none. */
	readonly own?: EndingSize;
	readonly isOver: boolean;
}
