import type { FinishedTrial } from "../core/trial.js";

/** What a reader that follows a study has not read yet: see `Store.trialsAfter`. */
export interface NewTrials {
	/** In the order in which they were appended. Their `evaluations` are read when asked for, as those of `Store.trials`. */
	readonly trials: readonly FinishedTrial[];
	/**
	 * True where the reader must forget what it has read of the study: `trials` are all there are, from the first. So it is without a cursor, and
	 * where the study was restated, or removed and made again, since the cursor was given.
	 */
	readonly restarted: boolean;
	/** Where the next call goes on. Opaque text, which stays valid when the store is closed and opened again. */
	readonly cursor: string;
}
