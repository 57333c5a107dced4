import type { Objective } from "../analysis/objectives.js";
import type { Goal } from "../core/goal.js";
import type { Recordable } from "../core/recorded.js";
import type { Setting } from "../core/setting.js";
import type { DataFacts } from "../data/source.js";
import type { Cluster } from "./cluster-schema.js";
import type { ImportedWorkload } from "./workloads/imported.js";
import { type AnyWorkload, traitsOf, type Workload } from "./workloads/table.js";

export type { FunctionWorkload } from "./workloads/function.js";
export type { ImportedWorkload } from "./workloads/imported.js";
export type { NetworkWorkload } from "./workloads/network/network.js";
export type { OracleWorkload } from "./workloads/oracle/oracle.js";
export type { DescentWorkload, Workload } from "./workloads/table.js";
export type { Descent } from "./workloads/trained/descent.js";

/**
 * A checked study with every default filled in and every range resolved: what is stored and hashed, and everything that a run depends on.
 */
export interface Study {
	readonly version: 1;
	readonly name: string;
	readonly seed: number;
	readonly workload: AnyWorkload;
	/** For user code, only what its author states: `train` is 0 if the author of a script doesn't state it. */
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
		/** Of placeholders of a script's command, by name. */
		readonly flags?: Readonly<Record<string, readonly number[]>>;
	};
	readonly seeds: { readonly tuning: number; readonly selecting: number; readonly reporting: number };
	readonly limits: { readonly epochs: number; readonly steps: number; readonly seconds: number | null };
	/** `trainings`: runs to the goal at what is recommended in the end; absent where no such budget is set. */
	readonly budget: { readonly trials: number | null; readonly seconds: number | null; readonly trainings?: number };
	/**
	 * The price of an hour of the machine, in the author's currency; absent if not known. Not part of the hash: a budget of money becomes a
	 * budget of seconds.
	 */
	readonly pricePerHour?: number;
	/** Comparisons at equal budgets, where they are asked for. Seconds null: as long as the steps take at the middle batch size. */
	readonly comparisons?: { readonly epochs: number; readonly steps: number; readonly seconds: number | null };
	/** The author's own setting, run at the end next to what is recommended; absent where the study has none. No part of the search. */
	readonly baseline?: Setting & { readonly batchSize: number; readonly learningRate: number };
	/** What is recorded of the network at the looks of reporting runs; absent where nothing is. */
	readonly record?: readonly Recordable[];
	/**
	 * Where and how trials run on a cluster; absent if the author doesn't specify it. `folder`: absolute, or below `~/`. No part of the hash.
	 */
	readonly cluster?: Cluster;
	readonly objective: Objective;
	readonly tolerance: number;
}

/** A study that can be run here. */
export interface TrainableStudy extends Study {
	readonly workload: Workload;
}

/**
 * A study of runs that were made elsewhere. `data.train` is what the importing user stated; the other counts are 0: not known.
 * `data.sha256` is that of the file. `tune`, `seeds` and `limits` describe the file: its smallest and largest rate, its most seeds in a
 * phase, its longest run.
 */
export interface ImportedStudy extends Study {
	readonly workload: ImportedWorkload;
}

/** Whether it can be run here. */
export const isTrainable = (study: Study): study is TrainableStudy => traitsOf(study.workload).isTrainable;

/** Imported runs without a clock: their time is not known, rather than 0. */
export const isUntimed = ({ study, seconds }: { readonly study: Study; readonly seconds: number }): boolean =>
	seconds === 0 && !isTrainable(study);

/** Whether its runs were made elsewhere. */
export const isImported = (study: Study): study is ImportedStudy => "imported" in study.workload;
