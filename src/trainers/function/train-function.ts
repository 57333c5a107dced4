import type { Setting } from "../../core/setting.js";
import type { Report } from "../report.js";

/**
 * What a trainer is given for one trial, with `momentum` and `weightDecay` where the study searches them (`tune.momentum`,
 * `tune.weightDecay`). Its result may depend on these, the batch size, the rate and the seed alone.
 */
export interface TrainContext extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
	/**
	 * 32-bit seed of the weights and of the order of examples: the same for every batch size and rate, so that trials are compared in pairs.
	 */
	readonly seed: number;
	/** Settings that depend on the batch size (`workload.hold`), by name, with their values at this one; empty if there are none. */
	readonly held: Readonly<Record<string, number>>;
	/** Whether a report after this step would be looked at: no need to measure anything where it wouldn't. */
	isDue(step: number): boolean;
	/** Reports how the run is going; returns whether the trial is over, and `train` should return. */
	report(report: Report): boolean;
	/** Aborted when the trial is over for a reason of its own: cancelled, or out of time. For code that waits. */
	readonly signal: AbortSignal;
}

/** Reports of a run, one after the other, as a generator yields them. */
export type ReportsOfRun = Iterable<Report, void> | AsyncIterable<Report, void>;

/**
 * What a trainer module exports as `train`: it trains from new weights until `report` returns that the trial is over. It may also be a
 * generator that yields its reports: it is suspended when the trial is over, and continues from there if its run is needed again.
 */
export type TrainFunction = (context: TrainContext) => void | Promise<void> | ReportsOfRun;

/** The reports of a trainer that is a generator; null of one that reports by itself. */
export function reportsOf(made: ReturnType<TrainFunction>): AsyncIterator<Report, void> | Iterator<Report, void> | null {
	if (typeof made !== "object" || made === null) return null;
	if (Symbol.asyncIterator in made) return made[Symbol.asyncIterator]();
	return Symbol.iterator in made ? made[Symbol.iterator]() : null;
}
