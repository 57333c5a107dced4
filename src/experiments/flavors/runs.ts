import { flavorOf } from "../../core/flavor.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Curves } from "../lab/curves.js";
import type { Arithmetic } from "./invariants.js";

/** One of the tutorial's four runs, with the accuracies it published: one run each. */
export interface PublishedRun {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly published: { readonly train: number; readonly test: number };
}

export interface Settings {
	readonly workload: NetworkWorkload;
	readonly runs: readonly PublishedRun[];
	readonly seeds: number;
	readonly epochs: number;
	readonly seed: number;
}

export type Task =
	| { readonly kind: "run"; readonly workload: NetworkWorkload; readonly run: PublishedRun; readonly epochs: number; readonly seed: number }
	| { readonly kind: "arithmetic"; readonly workload: NetworkWorkload; readonly batchSize: number; readonly seed: number };

export type Result = { readonly kind: "run"; readonly curves: Curves } | { readonly kind: "arithmetic"; readonly arithmetic: Arithmetic };

/** The flavor as a reader would say it: `a batch of one`, `mini-batches of 32`, `the full batch`. */
export function nameOf(batchSize: number, examples: number): string {
	const flavor = flavorOf(batchSize, examples);
	return flavor === "batch" ? "the full batch" : flavor === "stochastic" ? "a batch of one" : `mini-batches of ${batchSize}`;
}
