/**
 * What a running study shows to observers, as lines of JSON: the messages of a live file (`store/live/`). Plain data with finite numbers,
 * so that each survives JSON. They show the current state and are not a record: looks are thinned out, and a trial that begins and ends
 * between two writes is not mentioned. The store is the record.
 */
import type { Evaluation, Outcome, TrialSpec } from "../core/trial.js";
import type { Progress } from "./progress.js";

/** Goes up whenever a reader must change. */
export const liveSchemaVersion = 1;

/** The first message of a live file, and only that. */
export interface LiveRunStarted {
	readonly kind: "run started";
	readonly schemaVersion: number;
	/** Of Sweetspot. */
	readonly version: string;
	/** When the run started. ISO 8601, UTC. */
	readonly time: string;
	/** Differs between runs. */
	readonly run: string;
	/** How often this run has rewritten its file, so as to keep it small. */
	readonly part: number;
	/** The process that writes: see `writerId`. */
	readonly writer: string;
}

/** A trial began. In a rewritten file the running trials begin again, with the looks that were kept. */
export interface LiveTrialStarted {
	readonly kind: "trial started";
	/** ISO 8601, UTC. */
	readonly time: string;
	readonly spec: TrialSpec;
}

export interface LiveLooks {
	readonly kind: "looks";
	/** The trial's `trialKey`. */
	readonly trial: string;
	/** In order, after those of earlier messages; thinned, but always with the newest. */
	readonly evaluations: readonly Evaluation[];
}

export interface LiveTrialEnded {
	readonly kind: "trial ended";
	/** The trial's `trialKey`. */
	readonly trial: string;
	/** "lost": it ended with no result, through no fault of its own, and will be asked for again. */
	readonly outcome: Outcome | "lost";
}

/** What runs next. Replaces the last message of this kind. */
export interface LivePlan {
	readonly kind: "planned";
	/** In the order in which they are wanted: the first ones, where there are many. */
	readonly trials: readonly { readonly spec: TrialSpec; readonly reason: string }[];
	/** How many there are in all. */
	readonly total: number;
}

/** How far the study is. Replaces the last message of this kind. */
export interface LiveProgress extends Progress {
	readonly kind: "progress";
}

/** Problems that the trials so far show, and what to do about them, one text each. Replaces the last message of this kind. */
export interface LiveWarnings {
	readonly kind: "warnings";
	readonly texts: readonly string[];
}

/**
 * Steps are being timed, alone on the machine: nothing may be computed next to it. It lasts until the next plan or trial. A run begins with
 * it, without saying so.
 */
export interface LiveTiming {
	readonly kind: "timing";
}

/** What the runner of a study writes. */
export type LiveMessage = LiveTrialStarted | LiveLooks | LiveTrialEnded | LivePlan | LiveProgress | LiveWarnings | LiveTiming;

/** A line of a live file. */
export type LiveEvent = LiveRunStarted | LiveMessage;
