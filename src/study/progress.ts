import type { ColumnAnswer } from "../core/column.js";
import type { FinishedTrial } from "../core/trial.js";
import { designOf } from "./designs.js";
import type { Extension } from "./extension.js";
import type { Study } from "./study.js";

/** How far a study is. */
export interface Progress {
	/** Trials finished (those of earlier sessions among them). */
	readonly done: number;
	/** Expected total number of trials: the certain ones plus, for columns not yet searched, what others have cost. Never below `done`. */
	readonly expected: number;
	/** Seconds until the end, from the trials so far; null while there is nothing to judge by. */
	readonly secondsLeft: number | null;
	/** What is known of each batch size, ascending; `steps` is its best median steps-to-target so far. */
	readonly answers: readonly ColumnAnswer[];
}

/** How far a study is. The estimate is revised as trials end, and never falls below what is done. */
export function progressOf(
	study: Study,
	finished: readonly FinishedTrial[],
	answers: readonly ColumnAnswer[],
	extensions: readonly Extension[],
	slots: number,
): Progress {
	const { trials, seconds } = designOf(study).outlook(study, finished, answers, extensions);
	const done = finished.length;
	return {
		done,
		expected: Math.max(done, trials),
		secondsLeft: done === 0 ? null : seconds / slots,
		answers,
	};
}

/**
 * The same if the run ends after this many seconds in any case: no more trials are expected than fit into them. Null: it ends when it is
 * done.
 */
export function withinTime(progress: Progress, seconds: number | null): Progress {
	const { done, expected, secondsLeft } = progress;
	if (seconds === null || secondsLeft === null || secondsLeft <= seconds) return progress;
	return { ...progress, expected: done + Math.round((expected - done) * (seconds / secondsLeft)), secondsLeft: seconds };
}
