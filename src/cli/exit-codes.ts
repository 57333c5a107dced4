/** What the process says when it ends. Where several apply, the order is: usage, interrupted, unanswered, failed trials. */
export const exitCode = {
	done: 0,
	internal: 1,
	usage: 2,
	/** Finished, but undecided, not reached or with no trial that came to anything; a single run that diverged. */
	unanswered: 3,
	/** An answer, but some trials failed. */
	someFailed: 4,
	interrupted: 130,
	terminated: 143,
} as const;
