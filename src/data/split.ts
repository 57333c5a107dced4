import { SweetspotError } from "../core/errors.js";
import { Rng } from "../core/rng.js";
import type { Dataset, Examples } from "./dataset.js";

/** A data split has its own fixed seed, so that the sets are the same for every study and every study seed. */
const splitSeed = 20181;

/** Shares of each class that go to validation and to test, rounded down; the rest is for training. */
export interface Shares {
	readonly validation: number;
	readonly test: number;
}

/** Of a pool that has no sets yet. */
const threeSets: Shares = { validation: 0.2, test: 0.2 };

/** Of a training set that comes without a validation set: a fifth is carved off. */
const carving: Shares = { validation: 0.2, test: 0 };

/** Which examples belong to each set; ascending. */
interface Split {
	readonly train: Int32Array;
	readonly validation: Int32Array;
	readonly test: Int32Array;
}

/** A seeded, stratified split: of every class the same shares go to each set. */
export function stratifiedSplit(labels: Int32Array, classes: number, shares = threeSets): Split {
	const rng = Rng.fromSeed(splitSeed);
	const parts: { train: Int32Array[]; validation: Int32Array[]; test: Int32Array[] } = { train: [], validation: [], test: [] };
	for (let label = 0; label < classes; label++) {
		const members = Int32Array.from(labels.keys()).filter((i) => labels[i] === label);
		rng.split(label).shuffle(members);
		const validation = Math.floor(shares.validation * members.length);
		const test = Math.floor(shares.test * members.length);
		parts.validation.push(members.subarray(0, validation));
		parts.test.push(members.subarray(validation, validation + test));
		parts.train.push(members.subarray(validation + test));
	}
	return { train: ascending(parts.train), validation: ascending(parts.validation), test: ascending(parts.test) };
}

function ascending(parts: readonly Int32Array[]): Int32Array {
	const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
	let from = 0;
	for (const part of parts) {
		all.set(part, from);
		from += part.length;
	}
	return all.sort();
}

/** Splits one pool of examples (count × width features, row-major) into the three sets. */
export function splitPool(pool: Examples, width: number, classes: number): Dataset {
	const split = stratifiedSplit(pool.labels, classes);
	const take = (indices: Int32Array): Examples => pick(pool, width, indices);
	return { width, classes, train: take(split.train), validation: take(split.validation), test: take(split.test) };
}

/**
 * Carves a validation set off a training set that came without: a fifth of every class (of all, where there is but one). `where` names the
 * data in the error: `data/unusable` where no class has the five examples that make one for validation.
 */
export function carvedSplit(labels: Int32Array, classes: number, where: string): Pick<Split, "train" | "validation"> {
	const split = stratifiedSplit(labels, classes, carving);
	checkValidation(split.validation.length, labels.length, classes, where);
	return split;
}

/** Throws `data/unusable` where a split left nothing for validation. */
export function checkValidation(validation: number, examples: number, classes: number, where: string): void {
	if (validation > 0) return;
	throw new SweetspotError(
		"data/unusable",
		`${where}: of ${examples} examples none is left for validation: ${classes > 1 ? "a fifth of each class, and no class has five" : "a fifth, rounded down"}`,
		"give more examples, or name a column that says which are for validation (`split`)",
	);
}

/** The examples at these indices, in their order. */
export function pick(from: Examples, width: number, indices: Int32Array): Examples {
	const features = new Float32Array(indices.length * width);
	const labels = new Int32Array(indices.length);
	const outputs = from.targets ? from.targets.length / from.count : 0;
	const targets = from.targets && new Float32Array(indices.length * outputs);
	for (const [row, index] of indices.entries()) {
		features.set(from.features.subarray(index * width, (index + 1) * width), row * width);
		labels[row] = from.labels[index];
		if (from.targets) targets?.set(from.targets.subarray(index * outputs, (index + 1) * outputs), row * outputs);
	}
	return { count: indices.length, features, labels, ...(targets && { targets }) };
}
