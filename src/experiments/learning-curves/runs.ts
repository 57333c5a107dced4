import type { NetworkWorkload } from "../../study/study.js";
import type { Curves } from "../lab/curves.js";
import type { Fit } from "../lab/diagnose.js";

export interface Settings {
	readonly workload: NetworkWorkload;
	readonly batchSizes: readonly number[];
	readonly learningRate: number;
	readonly epochs: number;
	readonly seeds: number;
	/** Constructed cases of each kind. */
	readonly cases: number;
	readonly seed: number;
}

export type Task =
	| {
			readonly kind: "run";
			readonly workload: NetworkWorkload;
			readonly batchSize: number;
			readonly learningRate: number;
			readonly epochs: number;
			readonly seed: number;
	  }
	| { readonly kind: "cases"; readonly fit: Fit; readonly cases: number; readonly seed: number };

export type Result =
	| { readonly kind: "run"; readonly curves: Curves }
	| { readonly kind: "cases"; readonly fit: Fit; readonly right: number };
