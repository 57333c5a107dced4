import type { FinishedTrial } from "../core/trial.js";

/** What a reader that follows a study has not read yet: see `Store.trialsAfter`. */
export interface NewTrials {
	/** In the order in which they were appended. Their `evaluations` are read when asked for, as those of `Store.trials`. */
	readonly trials: readonly FinishedTrial[];
	/**
	 * Forget what was read of the study before: `trials` are all there are, from the first. True without a cursor, and where the study was
	 * restated, or removed and created again, since the cursor was returned.
	 */
	readonly restarted: boolean;
	/** Where the next call goes on. Opaque text, which stays valid when the store is closed and opened again. */
	readonly cursor: string;
}
