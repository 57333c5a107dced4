import type { Calibration } from "../../core/calibration.js";
import type { Evaluation, TrialResult, TrialSpec } from "../../core/trial.js";
import type { TrainableStudy } from "../../study/study.js";
import type { SentContinuation } from "./sent-continuation.js";

/** Of the files below: goes up whenever a reader must change. */
export const jobVersion = 1;

/** What all jobs of a session share: a file next to their folders. */
export interface JobSession {
	readonly version: typeof jobVersion;
	readonly study: TrainableStudy;
	/** The study's. */
	readonly id: string;
	/** SHA-256 of the program that runs the jobs. */
	readonly program: string;
	/** Absolute: where scripts have their folders and logs. */
	readonly scripts: string;
}

/** One job: a file that `sweetspot work` is given. */
export interface JobFile {
	readonly version: typeof jobVersion;
	/** Absolute path of the session's file. */
	readonly session: string;
	readonly task: JobTask;
}

export type JobTask =
	/**
	 * Check whether trials can run here, and time steps at these batch sizes. `controller`: whether a detached study can be carried on from
	 * here as well.
	 */
	| { readonly kind: "probe"; readonly timing: readonly number[]; readonly controller?: ControllerProbe }
	/** One after the other. `from`: where earlier jobs left runs that these go on with. */
	| { readonly kind: "trials"; readonly trials: readonly TrialSpec[]; readonly from?: readonly SentContinuation[] };

/** What a controller would run: the installed program, for the study in this folder. */
export interface ControllerProbe {
	readonly main: string;
	readonly folder: string;
}

/** What a job says. `trial`: its place in the file. */
export type JobMessage =
	/** First of all. */
	| { readonly kind: "started"; readonly machine: string; readonly node: string }
	| { readonly kind: "probed"; readonly calibration: Calibration | null }
	| { readonly kind: "trial"; readonly trial: number }
	| { readonly kind: "looks"; readonly trial: number; readonly step: number; readonly evaluations: readonly Evaluation[] }
	/** The end of what a script printed, where its log can't be read otherwise. */
	| { readonly kind: "log"; readonly trial: number; readonly text: string }
	/** Before the result of a run that may be continued. */
	| { readonly kind: "continuation"; readonly trial: number; readonly continuation: SentContinuation }
	| { readonly kind: "result"; readonly trial: number; readonly result: TrialResult }
	/** It was asked to end. */
	| { readonly kind: "stopped"; readonly reason: string }
	/** It can't continue, through no fault of a trial. `code`: of an error that a user can fix. */
	| { readonly kind: "unable"; readonly code: string | null; readonly detail: string; readonly fix: string };

/** Where no folder is shared, a job has its id in this variable. It is no secret. */
export const jobVariable = "SWEETSPOT_JOB_ID";

/** The file that asks a job to end, or, made from the session's file, all jobs of that session. Each job looks for both now and then. */
export const stopFileOf = (file: string): string => file.replace(/\.json$/, ".stop");
/** What a job prints. */
export const outFileOf = (file: string): string => file.replace(/\.json$/, ".out");
/** The messages of the job's start with this number: 0, and one more for each restart. */
export const eventsFileOf = (file: string, restart: number): string => file.replace(/\.json$/, `.${restart}.events`);
