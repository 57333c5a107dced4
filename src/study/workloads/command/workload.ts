import type { Held } from "../held.js";
/** Finds a metric, or how far a script is, in what it prints: the number in the pattern's one group. */
export interface OutputPattern {
	readonly pattern: string;
	/** Of a metric: what the number is multiplied by. */
	readonly scale?: number;
	/** Of a counter: the number of the script's first step or epoch. */
	readonly from?: 0 | 1;
}

export const counterNames = ["step", "epoch", "examples"] as const;
export type CounterName = (typeof counterNames)[number];

/** By the names of metrics, known ones and the user's own, and of counters. */
export type OutputPatterns = Readonly<Partial<Record<string, OutputPattern>>>;

/** A column, key or tag that has a metric. `scale`: what its numbers are multiplied by. */
export interface MetricColumn {
	readonly name: string;
	readonly scale: number;
}

/** A column or key that counts. `from`: the number of its first step or epoch; absent: as the layout of the file shows. */
export interface CounterColumn {
	readonly name: string;
	readonly from?: 0 | 1;
}

/** Where metrics stand that have another name there; others are recognized. */
type NamesInFiles = Readonly<Partial<Record<string, MetricColumn>>>;

/** Tables or JSON lines that the script writes: those that match, below `{trialFolder}` or the folder that it runs in. */
export type MetricsInFiles = { readonly file: string; readonly names?: NamesInFiles } & Readonly<
	Partial<Record<CounterName, CounterColumn>>
>;

/** TensorBoard's event files below a folder. */
export interface MetricsInEvents {
	readonly tensorboard: string;
	readonly names?: NamesInFiles;
	/** What their steps count; absent: updates, and epochs where Keras wrote them. */
	readonly counts?: CounterName;
	/** The number of the first; absent: 1, and 0 where Keras wrote them. */
	readonly from?: 0 | 1;
}

/** Libraries whose calls are heard: frameworks that train, then trackers. */
export const trackerNames = ["hugging-face", "lightning", "keras", "tensorboard", "wandb", "trackio", "mlflow"] as const;
export type TrackerName = (typeof trackerNames)[number];

/** What a Python script sends to its trackers, read as it is sent. */
export interface MetricsInTracker {
	/** The one that counts; any: the first that has a figure. */
	readonly tracker: TrackerName | "any";
	readonly names?: NamesInFiles;
	/** What the tracker's steps count. Absent: they aren't needed where updates are counted, else they are updates. */
	readonly counts?: CounterName;
	/** The number of the first; absent: 1. */
	readonly from?: 0 | 1;
}

export type MetricsOnDisk = MetricsInFiles | MetricsInEvents;

/** The user's training script: a program that is started once for each trial. */
export interface CommandWorkload {
	/** Program and arguments, with placeholders. There is no shell between. */
	readonly command: readonly string[];
	/** N, training examples; absent if the author doesn't state it. */
	readonly examples?: number;
	/** Absent: a partial last batch is kept. */
	readonly lastBatch?: "drop";
	/**
	 * "tied": its learning rate follows the length that it is given, so that only the end of a planned run counts. "absolute": it follows a
	 * length of its own, and not the trial's. Absent: neither, and a run may be ended anywhere.
	 */
	readonly schedule?: "tied" | "absolute";
	/** How its ordinary output, or what it writes to files, is read; absent where it speaks the protocol. */
	readonly metrics?: OutputPatterns | MetricsOnDisk | MetricsInTracker;
	/** False: nothing is heard of what it sends to its trackers. */
	readonly hooks?: false;
	/** Absolute: where it runs. No part of the study's hash. */
	readonly directory: string;
	/** Set for it, over those of this process; with placeholders. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Files that are written into each trial's folder, by their paths in it, with placeholders. */
	readonly files?: Readonly<Record<string, string>>;
	/** The most examples that a device takes at once; absent: as many as there are. */
	readonly microBatch?: number;
	/** How many devices share a batch; absent: one. */
	readonly devices?: number;
	/** Settings that move with the batch size, by their placeholders. */
	readonly hold?: Readonly<Record<string, Held>>;
	/** How fast it was seen to train on this machine: at this batch size, from its start to its first report. No part of the hash. */
	readonly measured?: { readonly batchSize: number; readonly secondsPerStep: number; readonly startUp: number };
	/** Seconds it has to end by itself when it is asked to. No part of the hash. */
	readonly grace: number;
	/**
	 * How many of its runs may wait at once, stopped, to be continued; 0: none, they begin anew. Absent: as memory allows. No part of the
	 * hash.
	 */
	readonly paused?: number;
	/** Exit codes that say the machine was at fault, not the run. No part of the hash. */
	readonly retry?: readonly number[];
}

type Metrics = NonNullable<CommandWorkload["metrics"]>;

const has = (metrics: Metrics, key: string): boolean => typeof (metrics as Readonly<Record<string, unknown>>)[key] === "string";
const areOnDisk = (metrics: Metrics): metrics is MetricsOnDisk => has(metrics, "file") || has(metrics, "tensorboard");
const areInTracker = (metrics: Metrics): metrics is MetricsInTracker => has(metrics, "tracker");

/** How what it prints is read; absent where the study doesn't say. */
export const outputPatterns = ({ metrics }: CommandWorkload): OutputPatterns | undefined =>
	metrics && !areOnDisk(metrics) && !areInTracker(metrics) ? metrics : undefined;

/** Which files have its metrics; absent where the study doesn't say. */
export const metricsOnDisk = ({ metrics }: CommandWorkload): MetricsOnDisk | undefined =>
	metrics && areOnDisk(metrics) ? metrics : undefined;

/** How what it sends to its trackers is heard; undefined where it isn't, since the study says so, or has its metrics elsewhere. */
export function metricsHeard({ metrics, hooks }: CommandWorkload): MetricsInTracker | undefined {
	if (hooks === false || (metrics && !areInTracker(metrics))) return undefined;
	return metrics ?? { tracker: "any" };
}

/** Whether it reports its progress in whole epochs alone, so that nothing is known of it before an epoch ends. */
export function tellsWholeEpochs(workload: CommandWorkload): boolean {
	const onDisk = metricsOnDisk(workload);
	if (onDisk && "tensorboard" in onDisk) return onDisk.counts === "epoch";
	if (onDisk) return onDisk.epoch !== undefined && !onDisk.step && !onDisk.examples;
	const patterns = outputPatterns(workload);
	return patterns?.epoch !== undefined && !patterns.step && !patterns.examples && digitsAlone.test(patterns.epoch.pattern);
}

/** A pattern whose group takes nothing but digits. */
const digitsAlone = /\((?:\?<\w+>)?(?:\\d|\[0-9\])(?:[+*]|\{\d+(?:,\d*)?\})?\)/;

/** A program found, and what was seen of its files. */
export interface FoundCommand {
	/** SHA-256 over the files that the command names, the script among them. */
	readonly sha256: string;
	/** Absolute paths of those files. */
	readonly files: readonly string[];
	/** Whether one of them reads the trial from its environment, by the look of its text. */
	readonly readsTrial: boolean;
}
