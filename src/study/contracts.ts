// All contracts between trainers, executors, designs and stores, in one place, and long for that.
import type { Bits } from "../core/backend.js";
import type { Calibration } from "../core/calibration.js";
import type { ColumnAnswer } from "../core/column.js";
import type { ComparisonAnswer } from "../core/comparisons.js";
import type { Continuation } from "../core/continuation.js";
import type { EndingAnswer } from "../core/ending.js";
import type { HorizonAnswer } from "../core/horizon.js";
import type { Ladder } from "../core/ladder.js";
import type { Evaluation, FinishedTrial, TrialResult, TrialSpec } from "../core/trial.js";
import type { ExperimentRuns } from "./experiment-runs.js";
import type { Extension } from "./extension.js";
import type { NewTrials } from "./new-trials.js";
import type { Asked } from "./reason.js";
import type { LookTimes, RunSeconds } from "./run-seconds.js";
import type { Study } from "./study.js";

/** Asks a running trial to end. Read between steps, so it must be cheap: an Atomics load where threads share it. */
export interface StopSignal {
	readonly stopped: boolean;
}

/**
 * A chunk of a trial's messages, in order. The last chunk of a trial, and only that, carries `result`. A trial that may have to wait before
 * it runs, such as a script in a cluster's queue, reports its start by a chunk with step 0.
 */
export interface TrialEvents {
	/** Steps taken so far. */
	readonly step: number;
	/** Looks since the previous chunk: each once, exactly as in the result. */
	readonly evaluations: readonly Evaluation[];
	/** The trial was restarted because the machine failed: earlier chunks no longer count. */
	readonly anew?: true;
	readonly result?: TrialResult;
	/** With the result of a run that can be continued: the point to continue from. */
	readonly continuation?: Continuation;
}

/**
 * Trains one trial at a time. The result is a function of the study and the specification alone. A stopped trial ends with the outcome
 * "cancelled" within 100 ms; a failure is a result with the outcome "failed", never an exception (exceptions are broken invariants).
 */
export interface Trainer {
	/** `from`: where an earlier trial of the same run stopped; the result has the same bits as without it, and all the run's looks. */
	train(trial: TrialSpec, stop: StopSignal, from?: Continuation): AsyncIterable<TrialEvents>;
	/** Seconds for `steps` steps at this batch size, on a warm network; for calibration, while nothing else runs. */
	timeSteps(batchSize: number, steps: number): number;
	/** Seconds that a run takes between its steps; for a plan, while nothing else runs. */
	timeLooks(): LookTimes;
	/** Whether this seed's weights meet the goal before the first step. */
	meetsGoalUntrained(seed: number): boolean;
	/** Trains the trial to its cap and evaluates the test set there, once; null where the study has none. */
	test(trial: TrialSpec): TestMetrics | null;
}

/** What trains in one of an executor's slots. */
export interface SlotTrainer extends Pick<Trainer, "train"> {
	/** The runs that only this slot can continue, and that another slot would start again: see `trialRunKey`. */
	heldRuns?(): readonly string[];
}

/** What is measured outside of trials, while nothing else runs: seconds per step before training, the test set after it. */
export interface Bench {
	/** How often each batch size is timed; null if steps can't be timed separately: then the trials' own clocks are used. */
	readonly passes: number | null;
	/**
	 * Seconds per step at this batch size, over enough steps to measure it; null if it can't be timed or the signal is aborted.
	 */
	secondsPerStep(batchSize: number, signal: AbortSignal): Promise<number | null>;
	/** As a trainer's; null if only training would show it. */
	readonly timeLooks: Trainer["timeLooks"] | null;
	/** Frees what timing took. Called once, before the first trial. */
	endTiming(): Promise<void>;
	/** As a trainer's. */
	test: Trainer["test"];
	/** As a trainer's; null if only training would show it. */
	readonly meetsGoalUntrained: Trainer["meetsGoalUntrained"] | null;
}

/** What a running trial reports: its step, and its looks since the last report, in order. */
export interface TrialProgress extends Pick<TrialEvents, "step" | "evaluations"> {
	/** The machine on which it started, if it had to wait for one: reported once, and again after each restart. */
	readonly machine?: string;
}

/**
 * A trial that ended without a result, through no fault of its own: its machine is gone, or its slot was given to another job. It will run
 * again.
 */
export interface LostTrial {
	readonly outcome: "lost";
	/** How it was lost, for people. */
	readonly message: string;
	/** It got clearly further than every earlier attempt, and the next one continues from there. */
	readonly progress?: true;
}

/** Runs trials somewhere with bounded concurrency, first come first served. */
export interface Executor {
	/** How many trials run at once. */
	readonly slots: number;
	/** Trials that may wait in its queue at once; absent if it has no queue: then one more trial than there are slots keeps it busy. */
	readonly ahead?: number;
	/** Set by who runs the study: called with what a user should know of where trials run, such as why none starts. Each text once. */
	onRemark?: ((text: string) => void) | undefined;
	/**
	 * Queues a trial; resolves with its result, or reports it as lost. Aborting the signal cancels it: within 100 ms if it runs, at once if
	 * it waits; the result then has the outcome "cancelled". A worker that dies of its trial gives the outcome "failed", and a new one takes
	 * its place.
	 *
	 * `onProgress` is called as the trial goes on, at most about ten times a second. Its looks, over all calls, are the first looks of the
	 * result; those after the last call come only with the result. Step 0 is the first sign of life of a script, repeated after a restart. No
	 * call follows the result.
	 */
	run(trial: TrialSpec, signal: AbortSignal, onProgress?: (progress: TrialProgress) => void): Promise<TrialResult | LostTrial>;
	/** As `run`, for a run that is watched as it goes, to time its steps, and ended by aborting its signal. Absent: `run` does it. */
	readonly observe?: Executor["run"];
	/** Stops what runs and frees everything. No call may follow. */
	close(): Promise<void>;
}

/** The parts of a stored study that aren't trials. They never change, so a design may depend on them. */
export interface Given {
	/** What the study was granted since it first ended, in order. */
	readonly extensions: readonly Extension[];
	/** Null until it has been measured; from then on it never changes. */
	readonly calibration: Calibration | null;
}

/** How a design spends its trials, for plans, warnings and reports. */
export interface DesignTraits {
	/**
	 * "all": every batch size is tuned and reported in full. "some": only some are, as far as the budget allows and while that may change the
	 * recommendation.
	 */
	readonly sizes: "all" | "some";
	/** Whether the objective and the tolerance decide what is asked for: then they are part of the study's hash. */
	readonly asksByObjective: boolean;
}

/** What to expect of a study, given its current state. */
export interface Outlook {
	/** Trials in total, including finished ones. */
	readonly trials: number;
	/** Seconds that the remaining trials take in sequence. */
	readonly seconds: number;
}

/**
 * Which trials to run next. Pure and deterministic: it doesn't see the order of arrival, and the only times it sees are those of the
 * calibration, for a budget of seconds.
 */
export interface Design {
	readonly traits: DesignTraits;
	/** Seeds of each phase's block under this design. */
	seeds(study: Study): Study["seeds"];
	/** Expected number of trials before the first one, from what such studies usually take; the budget may be smaller. */
	typicalTrials(study: Study): number;
	/** Seconds that those take in sequence, looks included. */
	typicalSeconds(study: Study, runSeconds: RunSeconds): number;
	/** The same for a running study, from what its trials have taken so far. */
	outlook(study: Study, finished: readonly FinishedTrial[], answers: readonly ColumnAnswer[], extensions: readonly Extension[]): Outlook;
	/**
	 * The trials of every round that is not complete yet, those already running among them, each with its reason, in the order in which they
	 * are wanted. Empty when the study is done. Trials that ended "cancelled" are ignored. `given`: what was settled outside
	 * the design; nothing by default.
	 */
	next(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly Asked[];
	/** What is known of each batch size so far, ascending. */
	answers(study: Study, finished: readonly FinishedTrial[], given?: Given): readonly ColumnAnswer[];
	/** The state of a ladder, if the design is one. */
	ladder?(study: Study, finished: readonly FinishedTrial[], given?: Given): Ladder;
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
	/** See `studyHash`: equal if the same trials answer both. */
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
	/** Whose bits its trials have: fixed at creation, so that all are comparable. */
	readonly backend: Bits;
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
 * A store copies what it receives and what it returns: changing a copy changes nothing that is stored.
 */
export interface Store {
	/** Absolute path of the folder that holds the store, and what belongs to its studies; null: the store is in memory. */
	readonly folder: string | null;
	readonly experiments: ExperimentRuns;
	/** `backend`: wasm by default. */
	create(study: Study, hash: string, version: string, backend?: Bits): StoredStudy;
	/** Newest first. Reads every study: to look for one, `find` and `findByHash` cost less. */
	list(): readonly StoredStudy[];
	/** By id, or by a beginning of it that fits one study only. Throws `store/no-such-study` and `store/ambiguous`. */
	find(id: string): StoredStudy;
	/** The newest study with this hash and backend (wasm by default), or undefined. */
	findByHash(hash: string, backend?: Bits): StoredStudy | undefined;
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
	 * In the order in which they were appended. The `evaluations` of a result are read from the store on every access, since they may exceed
	 * memory. Keep what is needed twice. After the study is removed there are none, and after the store is closed they cannot be read.
	 */
	trials(id: string): readonly FinishedTrial[];
	/**
	 * The trials that were appended after `cursor`, which an earlier call returned; null: from the first. A reader that follows the cursors
	 * sees every trial once, in order, even while another process appends, is killed and is replaced by the next. The cost depends only on
	 * the number of new trials.
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
