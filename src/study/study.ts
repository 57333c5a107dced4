import type { Objective } from "../analysis/objectives.js";
import type { Goal } from "../core/goal.js";
import type { Recordable } from "../core/recorded.js";
import type { DataFacts } from "../data/source.js";
import type { NetworkSource, OracleSource } from "../data/sources/table.js";
import type { GradientNoiseSpec } from "../engine/gradient-noise.js";
import type { Init, LayerSpec, LossName } from "../engine/network-spec.js";
import type { OptimizerSpec } from "../engine/optimizers/spec.js";
import type { BatchSchedule } from "../engine/schedules/batch-size.js";
import type { RateSchedule } from "../engine/schedules/learning-rate.js";
import type { CommandWorkload } from "./command/workload.js";

/** How mini-batches are drawn and weights updated, whatever is trained. */
export interface Descent {
	readonly sampler: "reshuffle" | "with-replacement";
	readonly lastBatch: "keep" | "drop";
	readonly optimizer: OptimizerSpec;
	/** What the gradient goes through before the optimizer has it; absent where nothing. `clipNorm`: the length it is shortened to. */
	readonly gradient?: { readonly clipNorm?: number; readonly noise?: GradientNoiseSpec };
	/** Absent where both learning rate and batch size are constant; a trial's own are those it begins with. */
	readonly schedule?: RateSchedule & { readonly batchSize?: BatchSchedule };
}

/** A network, trained on examples. */
export interface NetworkWorkload extends Descent {
	readonly data: NetworkSource;
	readonly model: readonly LayerSpec[];
	readonly init: Init;
	readonly loss: LossName;
	/** Of softmax cross-entropy; absent where labels are taken as they are. */
	readonly labelSmoothing?: number;
	readonly reduction: "mean" | "sum";
}

/** A problem that brings its own model and loss, and whose answer is known. */
export interface OracleWorkload extends Descent {
	readonly data: OracleSource;
}

/** What our own loop trains; told apart by whether there is a `model`. */
export type DescentWorkload = NetworkWorkload | OracleWorkload;

/** The user's own trainer: a module that exports `train`. What it trains on is its own business. */
export interface FunctionWorkload {
	/** Absolute path of the module. The study's hash covers its content in its place. */
	readonly trainer: string;
	/** N, training examples, as the author tells. */
	readonly examples: number;
}

export type Workload = DescentWorkload | FunctionWorkload | CommandWorkload;

/** What stands in a workload's place where the runs were made elsewhere: nothing here can train them. See docs/decisions/0005-imported-runs.md. */
export interface ImportedWorkload {
	readonly imported: {
		/** The file's name when it was imported. No part of the study's hash. */
		readonly file: string;
		/** Whether the file told tuning, selecting and reporting runs apart. Where it didn't, every run counts as a reporting run. */
		readonly phases: boolean;
	};
}

/** A study, checked, every default filled in, every range resolved: what is stored and hashed, and all that a run depends on. */
export interface Study {
	readonly version: 1;
	readonly name: string;
	readonly seed: number;
	readonly workload: Workload | ImportedWorkload;
	/** Of code that isn't ours, only what its author tells: `train` is 0 where the author of a script doesn't. */
	readonly data: DataFacts;
	readonly goal: Goal;
	/** Ascending, without repeats, each between 1 and N. */
	readonly batchSizes: readonly number[];
	/** The next look after step s is at max(s + 1, floor(s · ratio)); `examples`: size of the look sets, at most. */
	readonly looks: { readonly ratio: number; readonly examples: number };
	/** As the author wrote it, `from` ≤ `to`; the design snaps it outward to half octaves. */
	readonly tune: {
		readonly learningRate: { readonly from: number; readonly to: number };
		/** Values to try at every batch size, each once; absent where the workload's own is taken. */
		readonly momentum?: readonly number[];
		readonly weightDecay?: readonly number[];
	};
	readonly seeds: { readonly tuning: number; readonly selecting: number; readonly reporting: number };
	readonly limits: { readonly epochs: number; readonly steps: number; readonly seconds: number | null };
	readonly budget: { readonly trials: number | null; readonly seconds: number | null };
	/** What an hour of the machine costs, in the author's currency; absent where that isn't told. No part of the hash: a budget of money has become one of seconds. */
	readonly pricePerHour?: number;
	/** Comparisons at equal budgets, where they are asked for. Seconds null: as long as the steps take at the middle batch size. */
	readonly comparisons?: { readonly epochs: number; readonly steps: number; readonly seconds: number | null };
	/** What is recorded of the network at the looks of reporting runs; absent where nothing is. */
	readonly record?: readonly Recordable[];
	readonly objective: Objective;
	readonly tolerance: number;
}

/** A study that can be run here. */
export interface TrainableStudy extends Study {
	readonly workload: Workload;
}

/**
 * A study of runs that were made elsewhere. `data.train` is what whoever imported it said, the other counts are 0: not known; `data.sha256` is of the file.
 * `tune`, `seeds` and `limits` say what the file has: its least and greatest rate, its most seeds of a phase, its longest run.
 */
export interface ImportedStudy extends Study {
	readonly workload: ImportedWorkload;
}

export const isImported = (study: Pick<Study, "workload">): study is ImportedStudy => "imported" in study.workload;
/** Whether it trains networks on our own engine. */
export const isNetwork = ({ workload }: Pick<Study, "workload">): boolean => "model" in workload;
export const isTrainable = (study: Study): study is TrainableStudy => !isImported(study);

export const isFunction = (workload: Study["workload"]): workload is FunctionWorkload => "trainer" in workload;
export const isCommand = (workload: Study["workload"]): workload is CommandWorkload => "command" in workload;

/** Whether trials are trained by code that isn't ours: then nothing is known of its data, and equal trials need not give equal results. */
export const isForeign = (workload: Study["workload"]): workload is FunctionWorkload | CommandWorkload =>
	isFunction(workload) || isCommand(workload);

export const isDescent = (workload: Study["workload"]): workload is DescentWorkload => "data" in workload;

/** What trains, in the user's own words. */
export const trainerName = (workload: FunctionWorkload | CommandWorkload): string =>
	isFunction(workload) ? workload.trainer : workload.command.join(" ");
