import type { ColumnAnswer } from "../core/column.js";
import type { FinishedTrial, TrialSpec } from "../core/trial.js";

/** How far a study is. */
export interface Progress {
	/** Trials finished (those of earlier sessions among them). */
	readonly done: number;
	/** Trials to expect in all: those that are certain plus what columns as yet unsearched have cost elsewhere. Never below `done`. */
	readonly expected: number;
	/** Seconds until the end, from the trials so far; null while there is nothing to judge by. */
	readonly secondsLeft: number | null;
	/** What is known of each batch size, ascending. */
	readonly answers: readonly ColumnAnswer[];
	/** Best median steps-to-target so far, by batch size; absent where no rate has reached the goal yet. */
	readonly bestSteps: ReadonlyMap<number, number>;
}

/** What a run of a study says as it goes on. */
export type RunEvent =
	| { readonly kind: "started"; readonly trial: TrialSpec; readonly running: number }
	| { readonly kind: "finished"; readonly trial: FinishedTrial; readonly running: number; readonly progress: Progress }
	| { readonly kind: "calibrating"; readonly done: number; readonly total: number }
	| { readonly kind: "testing"; readonly batchSize: number };
