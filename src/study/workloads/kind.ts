import type { DataFacts } from "../../data/source.js";
import type { Locate } from "../../data/source-kind.js";
import type { DataSource } from "../../data/sources/table.js";
import type { WrittenGoal } from "../goal-schema.js";
import type { Problem } from "../problem.js";
import type { WrittenTune } from "../tune-schema.js";
import type { CommandWorkload, FoundCommand } from "./command/workload.js";
import type { Held } from "./held.js";

/** What is known of all workloads of a kind, in every study. */
export interface WorkloadTraits {
	/** Whether its trials can be run here. */
	readonly isTrainable: boolean;
	/** What texts call the code that does the training. */
	readonly trainer: "trainer" | "script";
	/** Whether training it runs code of its author's. */
	readonly runsUserCode: boolean;
	/** Whether equal trials give equal results, on any machine. */
	readonly isDeterministic: boolean;
	/** When the goal is measured: at the due looks, whenever the trainer reports, or at the looks of the imported runs. */
	readonly looks: "due" | "reported" | "given";
	/** Where seconds per step come from: steps timed separately while nothing else runs, or the clocks of the runs. */
	readonly timing: "apart" | "of runs";
	/**
	 * Whether a calibration that covers every batch size influences the choice of trials: then equal studies may ask for different ones.
	 */
	readonly asksByCalibration: boolean;
	/** Whether it may train on devices, on which a step may take as long for any batch; else on this processor. */
	readonly onDevices: boolean;
	/** Whether our engine multiplies its matrices, so that it has a choice of backend. */
	readonly hasBackend: boolean;
	/** Whether each trial is a process of its own, with its own GPUs, memory and log. */
	readonly isProcess: boolean;
}

/** A kind of workload: each has a file or a folder here, and a line in the table. */
export interface WorkloadKind<Workload> {
	readonly name: "network" | "oracle" | "function" | "command" | "imported";
	readonly traits: WorkloadTraits;
	/** What trains, or what it trains on, in its author's words. */
	nameOf(workload: Workload): string;
	/** The part that counts for the study's hash: without file paths, since the content of the files is in the facts of the data. */
	hashed(workload: Workload): object;
	/** As its author could have written it. */
	written(workload: Workload): object;
	/** Where its examples come from; absent if that is not known. */
	sourceOf?(workload: Workload): DataSource;
	/** Whether it reports at the ends of whole epochs alone; absent where it never does. */
	reportsWholeEpochs?(workload: Workload): boolean;
	/** Whether its learning rate follows the length that is planned for a trial, so that only the end counts; absent where it never does. */
	isTied?(workload: Workload): boolean;
	/** Its settings that move with the batch size, by name; absent where it never has any. */
	heldBy?(workload: Workload): Readonly<Record<string, Held>> | undefined;
}

/** Loads a source far enough to know its facts. Throws `data/…` errors. */
export type FactsOf = (source: DataSource) => Promise<DataFacts>;

/** Where a module named in a study is, and the SHA-256 of its content. Throws `trainer/not-found`. */
export type FindModule = (path: string) => Promise<{ readonly file: string; readonly sha256: string }>;

/** Looks for the program that a workload names, and into the files with it. Throws `trainer/not-found`. */
export type FindCommand = (workload: CommandWorkload) => Promise<FoundCommand>;

/** How the files that a study names are found. */
export interface Files {
	readonly locate: Locate;
	readonly findModule: FindModule;
	readonly findCommand: FindCommand;
}

/** The rest of the study around a workload: the parts that are valid by themselves; undefined or null if they are not. */
export interface Around {
	readonly goal: WrittenGoal | undefined;
	readonly tune: WrittenTune | undefined;
	/** The smallest and the largest batch size among `examples` training examples, and where each stands. */
	readonly batchSizes: (examples: number) => { readonly smallest: PlacedSize; readonly largest: PlacedSize } | null;
	/** Whether any batch size is `full`, even by default. */
	readonly toFull: boolean;
	/** The rest as written. */
	readonly limits: Readonly<Record<string, unknown>>;
	readonly record: unknown;
	readonly objective: unknown;
	readonly comparisons: unknown;
}

/** A batch size, and where it stands in the study file. */
export interface PlacedSize {
	readonly path: string;
	readonly size: number;
}

/** A workload as its author wrote it. */
export interface WrittenWorkload<Workload> {
	/** What is known of its data; null where what says so isn't sound. Throws `data/…` and `trainer/…` errors. */
	readonly facts: DataFacts | null;
	/** Problems that the shapes of its keys don't show. */
	problems(around: Around): readonly Problem[];
	/** As a study has it, every default filled in. To be asked only where the study has no problem. */
	resolve(): Workload;
}

/** Reads workloads of one kind, or of kinds that are written alike. */
export interface WorkloadReader<Workload> {
	/** Whether this kind was meant, valid or not. */
	isMeant(written: Readonly<Record<string, unknown>>): boolean;
	read(written: Readonly<Record<string, unknown>>, factsOf: FactsOf, files: Files): Promise<WrittenWorkload<Workload>>;
}

/**
 * All that is known of the data of code that isn't ours: N, where its author gives it. The content of the code stands for that of the data.
 */
export const factsOfCode = (examples: number | undefined, sha256: string): DataFacts => ({
	train: examples ?? 0,
	validation: 0,
	test: 0,
	features: 0,
	classes: 0,
	sha256,
});
