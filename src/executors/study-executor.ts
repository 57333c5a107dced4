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
	/** The store's folder; null: the store is in memory, as it may be for all but scripts. */
	readonly store: string | null;
	readonly backend: Backend;
	readonly slots: Slots;
}

/** An executor, ready to run one study's trials. */
export interface StudyExecutor {
	readonly executor: Executor;
	/**
	 * Sees, before the first trial, whether trials can run where they are to run, and times steps at these batch sizes there. Null where nothing was timed, or the signal is aborted. Absent
	 * where that is this machine. `onRemark`: called with what keeps it waiting, where that is worth a word.
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
