import { type Checkpoint, type Numbers, requireSound, restoreNumbers } from "../core/checkpoint.js";
import { Rng } from "../core/rng.js";

/** Chooses the examples of each mini-batch. */
export interface Sampler {
	/**
	 * Writes the indices of the next mini-batch to `indices`, and returns how many there are. Allocates nothing. `size`: of this batch, where
	 * it isn't the sampler's own; `at`: where the first one goes, if not to the start.
	 */
	next(indices: Int32Array, size?: number, at?: number): number;
	/** Whether the next mini-batch begins an epoch. */
	beginsEpoch(size?: number): boolean;
	/** Remembers where it stands; what it returns puts it back there, within the same epoch. */
	mark(): () => void;
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
	const beginsEpoch = (size: number): boolean => {
		const left = examples - position;
		return left === 0 || (lastBatch === "drop" && left < size && size <= examples);
	};
	return {
		next(indices, size = batchSize, at = 0) {
			if (beginsEpoch(size)) {
				generator.shuffle(order);
				position = 0;
			}
			const count = Math.min(size, examples - position);
			for (let i = 0; i < count; i++) indices[at + i] = order[position + i];
			position += count;
			return count;
		},
		beginsEpoch: (size = batchSize) => beginsEpoch(size),
		mark() {
			const marked = position;
			return () => {
				position = marked;
			};
		},
		save: () => ({ order, position: Int32Array.of(position), batches: generator.save() }),
		restore(saved) {
			// They are places in the engine's memory: none may lie outside.
			const [places, place] = [restored(saved, "order", new Int32Array(examples)), restored(saved, "position", new Int32Array(1))[0]];
			requireSound("order of examples", isPermutation(places));
			requireSound("position", place >= 0 && place <= examples);
			order.set(places);
			position = place;
			generator = restoredRng(saved);
		},
	};
}

/** Mini-batches drawn with replacement: every example of every batch uniformly from all, independently. */
export function replacingSampler(examples: number, batchSize: number, rng: Rng): Sampler {
	let generator = rng;
	return {
		next(indices, size = batchSize, at = 0) {
			for (let i = 0; i < size; i++) indices[at + i] = generator.below(examples);
			return size;
		},
		beginsEpoch: () => false,
		mark() {
			const marked = generator.save();
			return () => {
				generator = Rng.restored(marked);
			};
		},
		save: () => ({ batches: generator.save() }),
		restore(saved) {
			generator = restoredRng(saved);
		},
	};
}

function isPermutation(order: Int32Array): boolean {
	const seen = new Uint8Array(order.length);
	for (const place of order) if (place >= 0 && place < order.length) seen[place] = 1;
	return seen.every((one) => one === 1);
}

/** A saved generator, by name; throws `checkpoint/unusable` where there is none. */
export function restoredRng(saved: Checkpoint, name = "batches"): Rng {
	const state = restored(saved, name, new Float64Array(9));
	requireSound(
		"generator",
		state.subarray(0, 8).every((word) => Number.isInteger(word) && Math.abs(word) < 2 ** 32),
	);
	return Rng.restored(state);
}

function restored<N extends Numbers>(saved: Checkpoint, name: string, into: N): N {
	restoreNumbers(saved, name, into);
	return into;
}
