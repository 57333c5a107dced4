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

/** A study, checked, every default filled in, every range resolved: what is stored and hashed, and all that a run depends on. */
export interface Study {
	readonly version: 1;
	readonly name: string;
	readonly seed: number;
	readonly workload: AnyWorkload;
	/** Of code that isn't ours, only what its author gives: `train` is 0 where the author of a script doesn't give it. */
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
	 * What an hour of the machine costs, in the author's currency; absent where that is not known. No part of the hash: a budget of money has
	 * become one of seconds.
	 */
	readonly pricePerHour?: number;
	/** Comparisons at equal budgets, where they are asked for. Seconds null: as long as the steps take at the middle batch size. */
	readonly comparisons?: { readonly epochs: number; readonly steps: number; readonly seconds: number | null };
	/** The author's own setting, run at the end next to what is recommended; absent where the study has none. No part of the search. */
	readonly baseline?: Setting & { readonly batchSize: number; readonly learningRate: number };
	/** What is recorded of the network at the looks of reporting runs; absent where nothing is. */
	readonly record?: readonly Recordable[];
	/** Where and how trials run on a cluster; absent where the author says nothing of it. `folder`: absolute, or below `~/`. No part of the hash. */
	readonly cluster?: Cluster;
	readonly objective: Objective;
	readonly tolerance: number;
}

/** A study that can be run here. */
export interface TrainableStudy extends Study {
	readonly workload: Workload;
}

/**
 * A study of runs that were made elsewhere. `data.train` is what the user who imported it said, the other counts are 0: not known; `data.sha256`
 * is of the file. `tune`, `seeds` and `limits` say what the file has: its least and greatest rate, its most seeds of a phase, its longest
 * run.
 */
export interface ImportedStudy extends Study {
	readonly workload: ImportedWorkload;
}

/** Whether it can be run here. */
export const isTrainable = (study: Study): study is TrainableStudy => traitsOf(study.workload).isTrainable;

/** Whether its runs were made elsewhere. */
export const isImported = (study: Study): study is ImportedStudy => "imported" in study.workload;
