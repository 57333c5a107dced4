import type { LabWorkload } from "./lab/workloads.js";

/** So many batches of one size. */
export interface Batches {
	readonly batchSize: number;
	readonly count: number;
}

/** What a task computes, in parts whose time can be measured by themselves. */
export interface Amount {
	/** Networks trained. */
	readonly trainings: number;
	/** Steps of training, over all of them. */
	readonly steps: readonly Batches[];
	/** Gradients of batches at weights that stay where they are. */
	readonly probes: readonly Batches[];
	/** Looks at the whole validation set. */
	readonly looks: number;
}

/** A task's work: the network and its data, and how much of it there is with N training examples. */
export interface Work {
	readonly workload: LabWorkload;
	amount(examples: number): Amount;
}

/** One training of so many steps. */
export const training = (batchSize: number, steps: number, looks: number): Amount => ({
	trainings: 1,
	steps: [{ batchSize, count: steps }],
	probes: [],
	looks,
});
