import type { Backend } from "../core/backend.js";
import type { BudgetAnswer } from "../core/budgets.js";
import type { Calibration } from "../core/calibration.js";
import type { ColumnAnswer } from "../core/column.js";
import type { Evaluation, FinishedTrial, TrialResult, TrialSpec } from "../core/trial.js";
import type { ExperimentRuns } from "./experiment-runs.js";
import type { Extension } from "./extension.js";
import type { Study } from "./study.js";

/** Asks a running trial to end. Read between steps, so it must be cheap: an Atomics load where threads share it. */
export interface StopSignal {
	readonly stopped: boolean;
}

/**
 * A chunk of what a trial says, in order. The last chunk of a trial, and only that, carries `result`. A trial that may have to wait before it
 * runs, as a script in a cluster's queue does, says that it runs by a chunk with step 0.
 */
export interface TrialEvents {
	/** Steps taken so far. */
	readonly step: number;
	/** Looks since the chunk before: each once, as the result will have it. */
	readonly evaluations: readonly Evaluation[];
	/** The trial was started again, by the machine's fault: of what earlier chunks said nothing counts. */
	readonly anew?: true;
	readonly result?: TrialResult;
}

/**
 * Trains one trial at a time. The result is a function of the study and the specification alone. A stopped trial ends with the outcome
 * "cancelled" within 100 ms; a failure is a result with the outcome "failed", never an exception (exceptions are broken invariants).
 */
export interface Trainer {
	train(trial: TrialSpec, stop: StopSignal): AsyncIterable<TrialEvents>;
	/** Seconds of `steps` steps at this batch size, on a warm network; for calibration alone on the machine. */
	timeSteps(batchSize: number, steps: number): number;
	/** Trains the trial to its cap and evaluates the test set there, once; null where the study has none. */
	test(trial: TrialSpec): TestMetrics | null;
}

/** What is measured outside of trials, alone on the machine: seconds per step before training, the test set after it. */
export interface Bench {
	/** How often each batch size is timed; null where steps can't be timed apart from the trials, whose own clock tells then. */
	readonly passes: number | null;
	/** Seconds per step at this batch size, over as many steps as it takes to see them; null where it can't be timed, or the signal is aborted. */
	secondsPerStep(batchSize: number, signal: AbortSignal): Promise<number | null>;
	/** Frees what timing took. Called once, before the first trial. */
	endTiming(): Promise<void>;
	/** As a trainer's. */
	test: Trainer["test"];
}

/** Runs trials somewhere with bounded concurrency, first come first served. */
export interface Executor {
	/** How many trials run at once. */
	readonly slots: number;
	/**
	 * Queues a trial; resolves with its result. Aborting the signal cancels it: within 100 ms if it runs, at once if it waits; the result
	 * then has the outcome "cancelled". A worker that dies gives the outcome "failed", and a new one takes its place. `onProgress` is called
	 * with the steps taken, now and then; with 0 when a script begins to run, or is started again.
	 */
	run(trial: TrialSpec, signal: AbortSignal, onProgress?: (step: number) => void): Promise<TrialResult>;
	/** Stops what runs and frees everything. No call may follow. */
	close(): Promise<void>;
}

/** What a stored study has that is no trial: it stands, so that a design may rest on it. */
export interface Given {
	/** What the study was granted since it first ended, in order. */
	readonly extensions: readonly Extension[];
	/** Null until it is taken; from then on it never changes. */
	readonly calibration: Calibration | null;
}

/** Which trials to run next. Pure and deterministic: it sees no order of arrival, and of seconds only those of the calibration, for a budget of seconds. */
export interface Design {
	/**
	 * The trials of every round that is not complete yet, those already running among them, in the order in which they are wanted. Empty when
	 * the study is done. Trials that ended "cancelled" are as if they had never been. `given`: what was settled beside the
	 * design; nothing by default.
	 */
	next(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly TrialSpec[];
	/** What is known of each batch size so far, ascending. */
	answers(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly ColumnAnswer[];
	/** What is known of each budget and batch size, where the study asks for comparisons at equal budgets; else empty. */
	budgetAnswers(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly BudgetAnswer[];
}

/** A study as stored: its resolved canonical JSON stands beside columns that listings need. */
export interface StoredStudy {
	/** Short and readable: what a user types. */
	readonly id: string;
	readonly study: Study;
	/** See `studyHash`: equal where the same trials answer both. */
	readonly hash: string;
	readonly state: "running" | "interrupted" | "complete";
	/** ISO 8601, UTC. */
	readonly created: string;
	/** Wall-clock seconds spent so far, over all sessions. */
	readonly seconds: number;
	readonly trials: number;
	/** Of specifications and results; null until complete. */
	readonly digest: string | null;
	/** Version of Sweetspot that created it. */
	readonly version: string;
	/** What computes its networks' matrix products: settled when it is created, so that all its trials and times are alike. */
	readonly backend: Backend;
}

/** What the test set says of one run. */
interface TestMetrics {
	readonly loss: number;
	/** Null where nothing is classified. */
	readonly accuracy: number | null;
}

/** Test-set metrics of one reporting run of the recommended size, at its first crossing. */
export interface TestResult extends TestMetrics {
	readonly batchSize: number;
	readonly seedIndex: number;
}

/**
 * Keeps studies, trials and evaluations. One writer, any number of readers, who are never blocked. Every method is atomic and durable when it
 * returns: a process killed at any instant loses no trial that was appended.
 */
export interface Store {
	/** Absolute: where it lies, and what belongs to its studies beside it. */
	readonly folder: string;
	readonly experiments: ExperimentRuns;
	/** `backend`: wasm by default. */
	create(study: Study, hash: string, version: string, backend?: Backend): StoredStudy;
	/** Newest first. */
	list(): readonly StoredStudy[];
	/** By id, or by a beginning of it that fits one study only. Throws `store/no-such-study` and `store/ambiguous`. */
	find(id: string): StoredStudy;
	/** The newest study with this hash and backend (wasm by default), or undefined. */
	findByHash(hash: string, backend?: Backend): StoredStudy | undefined;
	/**
	 * Writes over a study one of the same hash: another name, another place of its files, another objective or tolerance, for the same trials. With one of the last
	 * two it is "running" again: another batch size may be recommended now, whose test results are missing.
	 */
	restate(id: string, study: Study): StoredStudy;
	/**
	 * In the order in which they were appended. A result's `evaluations` are read when they are asked for, each time anew: a study may have more of them than
	 * memory holds. Keep what is needed twice, and read none once the store is closed or the study removed.
	 */
	trials(id: string): readonly FinishedTrial[];
	/** Returns the trial as `trials` would. */
	append(id: string, trial: FinishedTrial): FinishedTrial;
	calibration(id: string): Calibration | null;
	saveCalibration(id: string, calibration: Calibration): void;
	testResults(id: string): readonly TestResult[];
	saveTestResults(id: string, results: readonly TestResult[]): void;
	/** What the study was granted since it first ended, in order. */
	extensions(id: string): readonly Extension[];
	/** Grants more trials. The study is "running" again, and has no digest until it is complete. */
	extend(id: string, extensions: readonly Extension[]): void;
	/** Sets the state; adds to the seconds spent; with "complete" comes the digest. */
	setState(id: string, state: StoredStudy["state"], addSeconds: number, digest: string | null): void;
	remove(id: string): void;
	close(): void;
}
