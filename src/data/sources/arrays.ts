import { SweetspotError } from "../../core/errors.js";
import { classOf, classTable } from "../classes.js";
import type { Dataset, Examples } from "../dataset.js";
import { normalizer } from "../normalize.js";
import type { NumpyArray } from "../numpy/npy.js";
import type { Normalization } from "../source.js";
import { carvedSplit, checkValidation, stratifiedSplit } from "../split.js";

/** Examples as two arrays. */
export interface ArrayPair {
	readonly features: NumpyArray;
	readonly labels: NumpyArray;
}

/** Sets that the user has made, or one pool that is split here. */
export type ArraySets =
	| { readonly pool: ArrayPair }
	| { readonly train: ArrayPair; readonly validation: ArrayPair | null; readonly test: ArrayPair | null };

/** Bytes with three axes or more are images: their pixels are scaled to [0, 1]. */
const brightest = 255;
const isImages = ({ type, shape }: NumpyArray): boolean => type === "u1" && shape.length >= 3;

/** Three axes are examples, rows and columns; a fourth one is channels, as Keras and TensorFlow have them. */
function imageOf({ shape }: NumpyArray): Pick<Dataset, "image"> {
	const [, height, width, channels = 1] = shape;
	return shape.length === 3 || shape.length === 4 ? { image: { height, width, channels } } : {};
}

/** A part of one of the pairs, as one of the data set's sets. */
interface Part {
	readonly pair: ArrayPair;
	readonly rows: readonly number[];
}

/**
 * The examples of numpy's arrays. A pool is split 60/20/20 within each class; of a training set without a validation set a fifth of each class is carved off.
 * `where` names the data in errors: `data/unusable`, with the array and the example.
 */
export function fromArrays(sets: ArraySets, normalize: Normalization, where: string): Dataset {
	for (const pair of "pool" in sets ? [sets.pool] : [sets.train, sets.validation, sets.test]) if (pair) checkPair(pair);
	const parts = partsOf(sets, where);
	const { train } = parts;
	const { width } = train.pair.features;
	const table = classTable(
		train.rows.map((row) => labelOf(train.pair.labels, row)),
		train.pair.labels.name,
	);
	const normal = normalizer(normalize, (row, feature) => featureOf(train.pair.features, row, feature), width, train.rows);
	const take = ({ pair: { features: from, labels }, rows }: Part): Examples => {
		if (from.width !== width) {
			throw unusable(
				`${from.name} has ${from.width} features an example, ${train.pair.features.name} has ${width}`,
				"give all sets the same",
			);
		}
		const features = new Float32Array(rows.length * width);
		for (const [i, row] of rows.entries()) {
			for (let j = 0; j < width; j++) {
				features[i * width + j] = normal(featureOf(from, row, j), j);
				if (!Number.isFinite(features[i * width + j])) throw tooLarge(from, row, j, normalize);
			}
		}
		const classes = Int32Array.from(rows, (row) => classOf(table, labelOf(labels, row), `${labels.name}, example ${row + 1}`));
		return { count: rows.length, features, labels: classes };
	};
	return {
		width,
		...imageOf(train.pair.features),
		classes: table.size,
		train: take(train),
		validation: take(parts.validation),
		test: parts.test && parts.test.rows.length > 0 ? take(parts.test) : null,
	};
}

function partsOf(sets: ArraySets, where: string): { readonly train: Part; readonly validation: Part; readonly test: Part | null } {
	const pair = "pool" in sets ? sets.pool : sets.train;
	const labels = Array.from({ length: pair.labels.count }, (_, row) => labelOf(pair.labels, row));
	const part = (rows: Int32Array): Part => ({ pair, rows: Array.from(rows) });
	const whole = (other: ArrayPair): Part => ({ pair: other, rows: Array.from({ length: other.labels.count }, (_, row) => row) });
	if (!("pool" in sets) && sets.validation && sets.validation.labels.count > 0) {
		return { train: whole(sets.train), validation: whole(sets.validation), test: sets.test && whole(sets.test) };
	}
	const table = classTable(labels, pair.labels.name);
	const codes = Int32Array.from(labels, (label) => table.get(label) ?? 0);
	if (!("pool" in sets)) {
		const { train, validation } = carvedSplit(codes, table.size, where);
		return { train: part(train), validation: part(validation), test: sets.test && whole(sets.test) };
	}
	const { train, validation, test } = stratifiedSplit(codes, table.size);
	checkValidation(validation.length, labels.length, where);
	return { train: part(train), validation: part(validation), test: part(test) };
}

function checkPair({ features, labels }: ArrayPair): void {
	if (labels.width !== 1) {
		throw unusable(
			`${labels.name} has the shape ${labels.shape.join("×")}, expected one label an example`,
			"turn one column for each class into one of classes: `labels.argmax(axis=1)`",
		);
	}
	if (features.count !== labels.count) {
		throw unusable(
			`${features.name} has ${features.count} examples, but ${labels.name} has ${labels.count} labels`,
			"the first axis of both counts examples",
		);
	}
	if (features.width === 0) throw unusable(`${features.name} has the shape ${features.shape.join("×")}: no features`, "give it some");
}

function featureOf(array: NumpyArray, row: number, feature: number): number {
	const value = array.at(row, feature);
	if (!Number.isFinite(value)) {
		const found = array.type.startsWith("f") ? String(value) : "an integer beyond ±2⁵³";
		throw unusable(
			`${array.name}, example ${row + 1}, feature ${feature + 1}: found ${found}, expected a number`,
			"fill it, or leave the example out",
		);
	}
	return isImages(array) ? value / brightest : value;
}

function labelOf(array: NumpyArray, row: number): number {
	const label = array.at(row, 0);
	if (Number.isSafeInteger(label)) return label === 0 ? 0 : label;
	throw unusable(`${array.name}, example ${row + 1}: found ${label}, expected a whole number for its class`, "number the classes");
}

const tooLarge = (array: NumpyArray, row: number, feature: number, normalize: Normalization): SweetspotError =>
	unusable(
		`${array.name}, example ${row + 1}, feature ${feature + 1}: ${array.at(row, feature)} is too large to train on`,
		normalize === "none" ? "bring the features to a common scale: `normalize: standardize`" : "mend the value, or leave the example out",
	);

const unusable = (found: string, fix: string): SweetspotError => new SweetspotError("data/unusable", found, fix);
