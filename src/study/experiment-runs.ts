import type { Json } from "../core/canonical.js";

/** A run of an experiment, as stored. */
export interface ExperimentRun {
	readonly key: number;
	/** The experiment's id. */
	readonly experiment: string;
	readonly settings: Json;
	/** SHA-256 of experiment, settings and the program's version. */
	readonly hash: string;
	readonly state: "running" | "interrupted" | "complete";
	/** ISO 8601, UTC. */
	readonly created: string;
	/** Wall-clock seconds spent so far, over all sessions. */
	readonly seconds: number;
	/** Of tasks and results; null until complete. */
	readonly digest: string | null;
	/** Version of Sweetspot that ran it. */
	readonly version: string;
}

/**
 * Keeps runs of experiments: a task's result is stored whole, and outlives a crash. Every method is atomic, and durable when it returns. A
 * change to a run that doesn't exist is a broken invariant.
 */
export interface ExperimentRuns {
	/** The newest run with this hash, or undefined. */
	find(hash: string): ExperimentRun | undefined;
	create(run: Pick<ExperimentRun, "experiment" | "settings" | "hash" | "version">): ExperimentRun;
	/** Newest first. */
	list(): readonly ExperimentRun[];
	/** Results by the place of their task. */
	results(key: number): ReadonlyMap<number, Json>;
	/** Keeps the result of the task at `place`, and adds to the seconds spent. */
	keep(key: number, place: number, result: Json, addSeconds: number): void;
	/** Sets the state; with "complete" comes the digest. */
	setState(key: number, state: ExperimentRun["state"], digest: string | null): void;
}
