// All contracts between trainers, executors, designs and stores, in one place, and long for that.
import type { Backend } from "../core/backend.js";
import type { Calibration } from "../core/calibration.js";
import type { ColumnAnswer } from "../core/column.js";
import type { ComparisonAnswer } from "../core/comparisons.js";
import type { Continuation } from "../core/continuation.js";
import type { EndingAnswer } from "../core/ending.js";
import type { HorizonAnswer } from "../core/horizon.js";
import type { LadderArm } from "../core/ladder.js";
import type { Evaluation, FinishedTrial, TrialResult, TrialSpec } from "../core/trial.js";
import type { ExperimentRuns } from "./experiment-runs.js";
import type { Extension } from "./extension.js";
import type { NewTrials } from "./new-trials.js";
import type { Asked } from "./reason.js";
import type { Study } from "./study.js";

/** Asks a running trial to end. Read between steps, so it must be cheap: an Atomics load where threads share it. */
export interface StopSignal {
	readonly stopped: boolean;
}

/**
 * A chunk of what a trial says, in order. The last chunk of a trial, and only that, carries `result`. A trial that may have to wait before
 * it runs, as a script in a cluster's queue does, says that it runs by a chunk with step 0.
 */
export interface TrialEvents {
	/** Steps taken so far. */
	readonly step: number;
	/** Looks since the chunk before: each once, as the result will have it. */
	readonly evaluations: readonly Evaluation[];
	/** The trial was started again, by the machine's fault: of what earlier chunks said nothing counts. */
	readonly anew?: true;
	readonly result?: TrialResult;
	/** With the result, where the run can be continued: what from. */
	readonly continuation?: Continuation;
}

/**
 * Trains one trial at a time. The result is a function of the study and the specification alone. A stopped trial ends with the outcome
 * "cancelled" within 100 ms; a failure is a result with the outcome "failed", never an exception (exceptions are broken invariants).
 */
export interface Trainer {
	/** `from`: where an earlier trial of the same run was left; the result has the same bits as without it, and all the run's looks. */
	train(trial: TrialSpec, stop: StopSignal, from?: Continuation): AsyncIterable<TrialEvents>;
	/** Seconds of `steps` steps at this batch size, on a warm network; for calibration alone on the machine. */
	timeSteps(batchSize: number, steps: number): number;
	/** Whether this seed's weights meet the goal before the first step. */
	meetsGoalUntrained(seed: number): boolean;
	/** Trains the trial to its cap and evaluates the test set there, once; null where the study has none. */
	test(trial: TrialSpec): TestMetrics | null;
}

/** What trains in one of an executor's slots. */
export interface SlotTrainer extends Pick<Trainer, "train"> {
	/** The runs that it alone can go on with, and another slot would begin anew: see `trialRunKey`. */
	heldRuns?(): readonly string[];
}

/** What is measured outside of trials, alone on the machine: seconds per step before training, the test set after it. */
export interface Bench {
	/** How often each batch size is timed; null where steps can't be timed apart from the trials, whose own clock is used then. */
	readonly passes: number | null;
	/**
	 * Seconds per step at this batch size, over as many steps as it takes to see them; null where it can't be timed, or the signal is
	 * aborted.
	 */
	secondsPerStep(batchSize: number, signal: AbortSignal): Promise<number | null>;
	/** Frees what timing took. Called once, before the first trial. */
	endTiming(): Promise<void>;
	/** As a trainer's. */
	test: Trainer["test"];
	/** As a trainer's; null where only training itself would show it. */
	readonly meetsGoalUntrained: Trainer["meetsGoalUntrained"] | null;
}

/** What a running trial reports: where it is, and its looks since its last report, in order. */
export interface TrialProgress extends Pick<TrialEvents, "step" | "evaluations"> {
	/** The machine that it began to run on, where it had to wait for one: reported once, and again where it is started anew. */
	readonly machine?: string;
}

/**
 * A trial that ended without a result and through no fault of its own: its machine is gone, or its place was given to somebody else. It is
 * asked for again.
 */
export interface LostTrial {
	readonly outcome: "lost";
	/** How it was lost, for people. */
	readonly message: string;
	/** It had come clearly further than any attempt before: the next one goes on from there. */
	readonly progress?: true;
}

/** Runs trials somewhere with bounded concurrency, first come first served. */
export interface Executor {
	/** How many trials run at once. */
	readonly slots: number;
	/** Trials that may wait in its queue at once; absent where it has no queue, and one more than there are slots is enough to keep it busy. */
	readonly ahead?: number;
	/** Set by who runs the study: called with what a user should know of where trials run, such as why none starts. Each text once. */
	onRemark?: ((text: string) => void) | undefined;
	/**
	 * Queues a trial; resolves with its result, or with the news that it is lost. Aborting the signal cancels it: within 100 ms if it runs,
	 * at once if it waits; the result then has the outcome "cancelled". A worker that dies of its trial gives the outcome "failed", and a new
	 * one takes its place.
	 *
	 * `onProgress` is called as the trial goes on, at most about ten times a second. Its looks, one call after the other, are the first ones
	 * of the result's; those since the last call come with the result alone. Step 0 is the first sign of life of a script, and once more
	 * where it is started again. No call follows the result.
	 */
	run(trial: TrialSpec, signal: AbortSignal, onProgress?: (progress: TrialProgress) => void): Promise<TrialResult | LostTrial>;
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

/** How a design spends its trials: what plans, warnings and reports say of it. */
export interface DesignTraits {
	/**
	 * Whether every batch size is tuned and reported in full, or some, as far as the budget goes, for as long as that may change the
	 * recommendation.
	 */
	readonly sizes: "all" | "some";
	/** Reporting runs that a batch size begins with, and gets more of where it is in doubt; null: the study's whole block. */
	readonly firstBlock: number | null;
	/** Whether the rate that is reported may lie between two that were tried. */
	readonly reportsBetweenRates: boolean;
	/** Whether a rate is replaced as well where its reporting runs take much longer than its tuning run. */
	readonly replacesSlowRates: boolean;
	/** Whether the objective and the tolerance decide what is asked for: then they are part of the study's hash. */
	readonly asksByObjective: boolean;
}

/** What is to be expected of a study as far as it is. */
export interface Outlook {
	/** Trials in all, those that are done among them. */
	readonly trials: number;
	/** Seconds that the trials to come take, one after the other. */
	readonly seconds: number;
}

/**
 * Which trials to run next. Pure and deterministic: it sees no order of arrival, and of seconds only those of the calibration, for a budget
 * of seconds.
 */
export interface Design {
	readonly traits: DesignTraits;
	/** Seeds of each phase's block under this design. */
	seeds(study: Study): Study["seeds"];
	/** Trials to expect of a study before the first, by what such studies mostly take; its budget may be less. */
	typicalTrials(study: Study): number;
	/** Seconds that those take, one after the other. `secondsPerStep`: by batch size. */
	typicalSeconds(study: Study, secondsPerStep: ReadonlyMap<number, number>): number;
	/** The same of a study under way, by what its trials took so far. */
	outlook(study: Study, finished: readonly FinishedTrial[], answers: readonly ColumnAnswer[], extensions: readonly Extension[]): Outlook;
	/**
	 * The trials of every round that is not complete yet, those already running among them, each with its reason, in the order in which they
	 * are wanted. Empty when the study is done. Trials that ended "cancelled" are as if they had never been. `given`: what was settled
	 * outside of the design; nothing by default.
	 */
	next(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly Asked[];
	/** What is known of each batch size so far, ascending. */
	answers(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly ColumnAnswer[];
	/** The arms of a ladder, where the design is one. */
	ladder?(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly LadderArm[];
	/** What is known of the least lengths whose ends meet the goal, where the design is for that. */
	ending?(study: Study, finished: readonly FinishedTrial[], given?: Given): EndingAnswer;
	/** What is known of the best end, where the design is for that. */
	horizon?(study: Study, finished: readonly FinishedTrial[], given?: Given): HorizonAnswer;
	/** What is known of each budget and batch size, where the study asks for comparisons at equal budgets; else empty. */
	comparisonAnswers(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly ComparisonAnswer[];
}

/** A study as stored: its resolved canonical JSON stands next to columns that listings need. */
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
 * Keeps studies, trials and evaluations. One writer, any number of readers, who are never blocked. Every method is atomic, and durable when
 * it returns: a process killed at any instant loses no trial that was appended. Methods that take the id of a study throw
 * `store/no-such-study` where there is none.
 *
 * What is given to a store and what it returns are copies: changing one changes nothing that is stored.
 */
export interface Store {
	/** Absolute path of the folder that holds the store, and what belongs to its studies; null: the store is in memory. */
	readonly folder: string | null;
	readonly experiments: ExperimentRuns;
	/** `backend`: wasm by default. */
	create(study: Study, hash: string, version: string, backend?: Backend): StoredStudy;
	/** Newest first. Reads every study: to look for one, `find` and `findByHash` cost less. */
	list(): readonly StoredStudy[];
	/** By id, or by a beginning of it that fits one study only. Throws `store/no-such-study` and `store/ambiguous`. */
	find(id: string): StoredStudy;
	/** The newest study with this hash and backend (wasm by default), or undefined. */
	findByHash(hash: string, backend?: Backend): StoredStudy | undefined;
	/**
	 * A text that is equal at two moments only if nothing has changed in between, by any process: no trial, state or result added, nothing
	 * restated or removed, no writer killed. Of the whole store, or of the study with this id. Opaque: compare it with `===`, and only with
	 * what the same opened store returned. Reads one row, however much is stored.
	 */
	changeToken(id?: string): string;
	/**
	 * Overwrites a study with one of the same hash: another name, another place of its files, another objective or tolerance, for the same
	 * trials. With another objective or tolerance it is "running" again: another batch size may be recommended now, whose test results are
	 * missing.
	 */
	restate(id: string, study: Study): StoredStudy;
	/**
	 * In the order in which they were appended. The `evaluations` of a result are read when they are asked for, each time anew: a study may
	 * have more of them than memory holds. Keep what is needed twice; once the study is removed there are none, and once the store is closed
	 * they cannot be read.
	 */
	trials(id: string): readonly FinishedTrial[];
	/**
	 * The trials that were appended after `cursor`, which an earlier call returned; null: from the first. By following its cursors a reader
	 * sees every trial once, in order, also while another process appends, is killed and is followed by the next. Costs what the new trials
	 * cost, however many there are before them.
	 */
	trialsAfter(id: string, cursor: string | null): NewTrials;
	/** Returns the trial as `trials` would. A trial that is stored already, or was cancelled, is a broken invariant. */
	append(id: string, trial: FinishedTrial): FinishedTrial;
	/** Null until one is saved. */
	calibration(id: string): Calibration | null;
	/** Replaces the one before. */
	saveCalibration(id: string, calibration: Calibration): void;
	/** Empty until some are saved. */
	testResults(id: string): readonly TestResult[];
	/** Replaces those before. */
	saveTestResults(id: string, results: readonly TestResult[]): void;
	/** What the study was granted since it first ended, in order. */
	extensions(id: string): readonly Extension[];
	/** Grants more trials. The study is "running" again, and has no digest until it is complete. */
	extend(id: string, extensions: readonly Extension[]): void;
	/** Sets the state, and adds to the seconds spent. `digest`: not null with "complete", and only then. */
	setState(id: string, state: StoredStudy["state"], addSeconds: number, digest: string | null): void;
	/** Deletes a study with all that belongs to it. */
	remove(id: string): void;
	/** No call may follow. */
	close(): void;
}
