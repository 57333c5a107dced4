import type { NetworkWorkload } from "../../study/study.js";
import type { Norms, NormsTask } from "./norms.js";
import type { Path, PathTask } from "./paths.js";

export interface Settings {
	/** Averaged over the batch. */
	readonly workload: NetworkWorkload;
	readonly training: NormsTask["training"];
	/** When the norms are taken: early, late. */
	readonly epochs: readonly [early: number, late: number];
	/** Ascending; the last is N, the full batch. */
	readonly batchSizes: readonly number[];
	/** Batches of each size. */
	readonly batches: number;
	readonly paths: { readonly batchSizes: readonly number[]; readonly epochs: number; readonly learningRate: number };
	readonly seeds: number;
	readonly seed: number;
}

export type Task = NormsTask | PathTask;

export type Result = { readonly kind: "norms"; readonly norms: Norms } | { readonly kind: "path"; readonly path: Path };
