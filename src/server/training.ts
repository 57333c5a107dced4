/** What of a store's studies runs, as far as those who compute next to it must know. */
export interface Training {
	/** Whether a study runs: then training goes first. */
	readonly isTraining: () => boolean;
	/** Whether steps may be timed, which needs the machine to itself: then nothing is computed. */
	readonly isTiming: () => boolean;
}

/** Milliseconds between two checks of whether steps are still being timed. */
export const timingRestMilliseconds = 500;

/** The same during a computation, which the timing of steps ends. */
const watchMilliseconds = 200;

/** Calls `stop` as soon as steps are timed. Returns a function that ends the watch. */
export function watchTiming({ isTiming }: Training, stop: () => void): () => void {
	const timer = setInterval(() => isTiming() && stop(), watchMilliseconds).unref();
	return () => clearInterval(timer);
}
