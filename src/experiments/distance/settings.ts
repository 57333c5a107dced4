import type { NetworkWorkload } from "../../study/study.js";
import type { FirstStep, FirstStepTask } from "./first-step.js";
import type { Travel, TravelTask } from "./travels.js";

export interface Settings {
	/** Averaged over the batch. */
	readonly workload: NetworkWorkload;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** The same at every batch size; claims are about the middle one of each. */
	readonly rates: { readonly mean: readonly [number, number, number]; readonly sum: readonly [number, number, number] };
	readonly epochs: number;
	readonly steps: number;
	readonly seeds: number;
	readonly seed: number;
}

export type Task = ({ readonly kind: "travel" } & TravelTask) | ({ readonly kind: "first step" } & FirstStepTask);

export type Result = { readonly kind: "travel"; readonly travel: Travel } | { readonly kind: "first step"; readonly first: FirstStep };
