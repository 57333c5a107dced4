import type { Setting } from "../../core/setting.js";
import type { Report } from "../report.js";

/**
 * What a trainer is given for one trial, with `momentum` and `weightDecay` where the study searches them (`tune.momentum`, `tune.weightDecay`). Its result may depend on these,
 * the batch size, the rate and the seed alone.
 */
export interface TrainContext extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
	/** 32-bit seed of the weights and of the order of examples: the same for every batch size and rate, so that trials are compared in pairs. */
	readonly seed: number;
	/** Whether a report after this step would be looked at: no need to measure anything where it wouldn't. */
	isDue(step: number): boolean;
	/** Tells how the run is going; returns whether the trial is over, and `train` should return. */
	report(report: Report): boolean;
	/** Aborted when the trial is over for a reason of its own: cancelled, or out of time. For whatever waits. */
	readonly signal: AbortSignal;
}

/** What a trainer module exports as `train`: trains from new weights until `report` says that the trial is over. */
export type TrainFunction = (context: TrainContext) => void | Promise<void>;
