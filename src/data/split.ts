import { Rng } from "../core/rng.js";
import type { Dataset, Examples } from "./dataset.js";

/** A data split has its own fixed seed, so that the sets are the same for every study and every study seed. */
const splitSeed = 20181;

/** Shares of each class that go to validation and to test, rounded down; the rest is for training. */
const share = { validation: 0.2, test: 0.2 };

/** Which examples belong to each set; ascending. */
interface Split {
	readonly train: Int32Array;
	readonly validation: Int32Array;
	readonly test: Int32Array;
}

/** A seeded, stratified split: of every class the same shares go to each set. */
export function stratifiedSplit(labels: Int32Array, classes: number): Split {
	const rng = Rng.fromSeed(splitSeed);
	const parts: { train: number[]; validation: number[]; test: number[] } = { train: [], validation: [], test: [] };
	for (let label = 0; label < classes; label++) {
		const members = Int32Array.from(labels.keys()).filter((i) => labels[i] === label);
		rng.split(label).shuffle(members);
		const validation = Math.floor(share.validation * members.length);
		const test = Math.floor(share.test * members.length);
		parts.validation.push(...members.subarray(0, validation));
		parts.test.push(...members.subarray(validation, validation + test));
		parts.train.push(...members.subarray(validation + test));
	}
	const ascending = (set: number[]) => Int32Array.from(set).sort();
	return { train: ascending(parts.train), validation: ascending(parts.validation), test: ascending(parts.test) };
}

/** Splits one pool of examples (count × width features, row-major) into the three sets. */
export function splitPool(pool: Examples, width: number, classes: number): Dataset {
	const split = stratifiedSplit(pool.labels, classes);
	const take = (indices: Int32Array): Examples => pick(pool, width, indices);
	return { width, classes, train: take(split.train), validation: take(split.validation), test: take(split.test) };
}

/** The examples at these indices, in their order. */
export function pick(from: Examples, width: number, indices: Int32Array): Examples {
	const features = new Float32Array(indices.length * width);
	const labels = new Int32Array(indices.length);
	for (const [row, index] of indices.entries()) {
		features.set(from.features.subarray(index * width, (index + 1) * width), row * width);
		labels[row] = from.labels[index];
	}
	return { count: indices.length, features, labels };
}
