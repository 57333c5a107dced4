import type { Checkpoint, Numbers } from "../../core/checkpoint.js";
import type { Rng } from "../../core/rng.js";
import type { BatchMetrics, SetMetrics } from "../machinery.js";

/** The mini-batches of one trial, one after the other. */
export interface Batches {
	/** Writes the mean gradient of the next mini-batch at these weights to `gradient`; its metrics are the same object each time. */
	next(weights: Float64Array, gradient: Float64Array, batchSize: number): BatchMetrics;
	/** Their state, by name; batches of the same size that restore it continue identically. */
	save(): Readonly<Record<string, Numbers>>;
	restore(saved: Checkpoint): void;
}

/** Writes the gradient of the next example's own loss at these weights to `gradient`. */
export type NextExample = (weights: Float64Array, gradient: Float64Array) => void;

/** A loss with its gradients, in plain double precision and exact operations: the same bits on every machine. */
export interface Oracle {
	/** Number of weights. */
	readonly dimensions: number;
	batches(batchSize: number, rng: Rng): Batches;
	/** Training examples in random order, none twice. */
	examples(rng: Rng): NextExample;
	/** Over a whole look set, at these weights; null where there is none. */
	evaluate(set: "train" | "validation" | "test", weights: Float64Array): SetMetrics | null;
}
