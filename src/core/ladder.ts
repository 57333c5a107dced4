import type { Setting } from "./setting.js";

/** One arm of the ladder: a batch size, a rate and a setting, and how far its run was continued. */
export interface LadderArm extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
	/**
	 * "won": it is recommended. "reached": it reached the goal, for more. "behind": it cost too many times what the leader did. "crowded
	 * out": others cost less. "broken": its run diverged, failed or reached its limit. "lucky": it reached the goal, but on a fresh seed it
	 * didn't, or took much longer. "running": it may still win.
	 */
	readonly state: "won" | "reached" | "behind" | "crowded out" | "broken" | "lucky" | "running";
	/** What it cost under the objective to get where it was, over what the winner (or leader) did; null where that is not known. */
	readonly times: number | null;
	readonly steps: number;
	/** Its runs, each on a seed of its own; `steps` and `looks` are those of the first. */
	readonly runs: number;
	readonly examples: number;
	/** The goal's metric at its looks, thinned. */
	readonly looks: readonly { readonly step: number; readonly examples: number; readonly value: number }[];
}

/** What a ladder has shown so far. */
export interface Ladder {
	readonly arms: readonly LadderArm[];
	/**
	 * How likely it is that the winner costs at most 1 + the study's tolerance times what its best setting does; null before the end, or
	 * where that is not known.
	 */
	readonly withinTolerance: number | null;
}
