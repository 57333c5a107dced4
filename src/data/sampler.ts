import { type Checkpoint, type Numbers, restoreNumbers } from "../core/checkpoint.js";
import { Rng } from "../core/rng.js";

/** Chooses the examples of each mini-batch. */
export interface Sampler {
	/**
	 * Writes the indices of the next mini-batch to `indices`, from its start, and returns how many there are. Allocates nothing. `size`: of
	 * this batch, where it isn't the sampler's own.
	 */
	next(indices: Int32Array, size?: number): number;
	/** Where it stands, by name; a sampler of the same settings that is given it goes on alike. */
	save(): Readonly<Record<string, Numbers>>;
	restore(saved: Checkpoint): void;
}

/**
 * Epochs of disjoint mini-batches: every epoch shuffles anew and cuts into batches of `batchSize`, so that each of the `examples` is used
 * once. The last batch has what remains; `lastBatch: "drop"` leaves it out (unless it is the only one).
 */
export function reshufflingSampler(examples: number, batchSize: number, lastBatch: "keep" | "drop", rng: Rng): Sampler {
	const order = Int32Array.from({ length: examples }, (_, i) => i);
	let position = examples;
	let generator = rng;
	return {
		next(indices, size = batchSize) {
			const left = examples - position;
			if (left === 0 || (lastBatch === "drop" && left < size && size <= examples)) {
				generator.shuffle(order);
				position = 0;
			}
			const count = Math.min(size, examples - position);
			for (let i = 0; i < count; i++) indices[i] = order[position + i];
			position += count;
			return count;
		},
		save: () => ({ order, position: Int32Array.of(position), batches: generator.save() }),
		restore(saved) {
			restoreNumbers(saved, "order", order);
			position = restored(saved, "position", new Int32Array(1))[0];
			generator = restoredRng(saved);
		},
	};
}

/** Mini-batches drawn with replacement: every example of every batch uniformly from all, independently. */
export function replacingSampler(examples: number, batchSize: number, rng: Rng): Sampler {
	let generator = rng;
	return {
		next(indices, size = batchSize) {
			for (let i = 0; i < size; i++) indices[i] = generator.below(examples);
			return size;
		},
		save: () => ({ batches: generator.save() }),
		restore(saved) {
			generator = restoredRng(saved);
		},
	};
}

const restoredRng = (saved: Checkpoint): Rng => Rng.restored(restored(saved, "batches", new Float64Array(9)));

function restored<N extends Numbers>(saved: Checkpoint, name: string, into: N): N {
	restoreNumbers(saved, name, into);
	return into;
}
