import type { Rng } from "../core/rng.js";

/** Chooses the examples of each mini-batch. */
export interface Sampler {
	/** Writes the indices of the next mini-batch to `indices`, from its start, and returns how many there are. Allocates nothing. */
	next(indices: Int32Array): number;
}

/**
 * Epochs of disjoint mini-batches: every epoch shuffles anew and cuts into batches of `batchSize`, so that each of the `examples` is used once. The
 * last batch has what remains; `lastBatch: "drop"` leaves it out (unless it is the only one).
 */
export function reshufflingSampler(examples: number, batchSize: number, lastBatch: "keep" | "drop", rng: Rng): Sampler {
	const order = Int32Array.from({ length: examples }, (_, i) => i);
	const used = lastBatch === "drop" && batchSize <= examples ? examples - (examples % batchSize) : examples;
	let position = used;
	return {
		next(indices) {
			if (position >= used) {
				rng.shuffle(order);
				position = 0;
			}
			const count = Math.min(batchSize, used - position);
			for (let i = 0; i < count; i++) indices[i] = order[position + i];
			position += count;
			return count;
		},
	};
}

/** Mini-batches drawn with replacement: every example of every batch uniformly from all, independently. */
export function replacingSampler(examples: number, batchSize: number, rng: Rng): Sampler {
	return {
		next(indices) {
			for (let i = 0; i < batchSize; i++) indices[i] = rng.below(examples);
			return batchSize;
		},
	};
}
