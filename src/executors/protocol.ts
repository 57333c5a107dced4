import type { Backend } from "../core/backend.js";
import type { Continuation } from "../core/continuation.js";
import type { TrialResult, TrialSpec } from "../core/trial.js";
import type { SlotTrainer, TrialProgress } from "../study/contracts.js";
import type { TrainableStudy } from "../study/study.js";

/** What a worker thread is started with. */
export interface WorkerSetup {
	readonly study: TrainableStudy;
	readonly backend: Backend;
	/** URL of a `TrainerModule`. */
	readonly trainer: string;
	/** One shared integer: the id of the job that must stop. */
	readonly stopping: Int32Array;
}

/** A module that makes trainers: imported by URL, once in each thread. */
export interface TrainerModule {
	createTrainer(study: TrainableStudy, backend: Backend): Promise<SlotTrainer>;
}

export interface ToWorker {
	/** Counts from 1. */
	readonly id: number;
	readonly trial: TrialSpec;
	/** See `Trainer.train`. */
	readonly from?: Continuation;
}

export type FromWorker =
	/** It is ready for a trial: after its start, and after each trial. */
	| { readonly kind: "ready" }
	| { readonly kind: "progress"; readonly progress: TrialProgress }
	/** `heldRuns`: see `SlotTrainer`. */
	| {
			readonly kind: "result";
			readonly result: TrialResult;
			readonly continuation?: Continuation;
			readonly heldRuns: readonly string[];
	  };
