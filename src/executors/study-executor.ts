import type { Backend } from "../core/backend.js";
import type { Calibration } from "../core/calibration.js";
import type { TrialSpec } from "../core/trial.js";
import type { Executor } from "../study/contracts.js";
import type { TrainableStudy } from "../study/study.js";
import type { Slots } from "../trainers/command/session.js";

/** What an executor is opened with. */
export interface Opening {
	readonly study: TrainableStudy;
	/** The study's. */
	readonly id: string;
	/** The store's folder; null: the store is in memory, which is possible except for scripts. */
	readonly store: string | null;
	readonly backend: Backend;
	readonly slots: Slots;
}

/** An executor, ready to run one study's trials. */
export interface StudyExecutor {
	readonly executor: Executor;
	/**
	 * Before the first trial, checks whether trials can run at their destination, and times steps at these batch sizes there. Null if nothing
	 * was timed or the signal was aborted. Absent if the destination is this machine. `onRemark`: called with what keeps the first job
	 * waiting, where that is worth mentioning.
	 */
	prepare?(timing: readonly number[], signal: AbortSignal, onRemark: (text: string) => void): Promise<Calibration | null>;
	/** The trial is in the store. */
	stored(trial: TrialSpec): void;
	/** `complete`: the study has no more trials. */
	close(complete: boolean): Promise<void>;
}

/** Where trials may run. */
export interface ExecutorKind {
	/** In words. */
	readonly where: string;
	/** Trials at once. */
	slotsFor(study: TrainableStudy, slots: Slots): number;
	open(opening: Opening): Promise<StudyExecutor>;
}
