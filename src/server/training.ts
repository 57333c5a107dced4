/** What of a store's studies runs, as far as those who compute next to it must know. */
export interface Training {
	/** Whether a study runs: then training goes first. */
	readonly isTraining: () => boolean;
	/** Whether steps may be timed, which needs the machine to itself: then nothing is computed. */
	readonly isTiming: () => boolean;
}

/** Milliseconds between two checks of whether steps are still being timed. */
export const timingRestMilliseconds = 500;
