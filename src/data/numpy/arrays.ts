import { SweetspotError } from "../../core/errors.js";
import type { Dataset } from "../dataset.js";
import type { Numbers } from "../numbers.js";
import { datasetOf, type Labels, type Normalizations, type Raw, type RawSets, type Targets } from "../sets.js";
import type { NumpyArray } from "./npy.js";

/** Examples as two arrays. */
export interface ArrayPair {
	readonly features: NumpyArray;
	/** Classes, or numbers to predict. */
	readonly truth: NumpyArray;
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

/** The examples of numpy's arrays. `where` names the data in errors: `data/unusable`, with the array and the example. */
export function fromArrays(sets: ArraySets, kind: Raw["truth"]["kind"], normalize: Normalizations, where: string): Dataset {
	const { features } = "pool" in sets ? sets.pool : sets.train;
	return { ...datasetOf(rawSets(sets, kind), normalize, where), ...imageOf(features) };
}

function rawSets(sets: ArraySets, kind: Raw["truth"]["kind"]): RawSets {
	const like = "pool" in sets ? sets.pool : sets.train;
	const raw = (pair: ArrayPair): Raw => {
		checkPair(pair, like, kind);
		const { features, truth } = pair;
		return { features: featuresOf(features), truth: kind === "labels" ? labelsOf(truth) : targetsOf(truth) };
	};
	if ("pool" in sets) return { pool: raw(sets.pool) };
	const { train, validation, test } = sets;
	return { train: raw(train), validation: validation && raw(validation), test: test && raw(test) };
}

/** Throws `data/unusable` where a pair's arrays don't go together, or not with those of the training set. */
function checkPair({ features, truth }: ArrayPair, like: ArrayPair, kind: Raw["truth"]["kind"]): void {
	if (kind === "labels" && truth.width !== 1) {
		throw unusable(
			`${truth.name} has the shape ${truth.shape.join("×")}, expected one label an example`,
			"turn one column for each class into one of classes: `labels.argmax(axis=1)`; numbers to predict are named by `target`",
		);
	}
	if (features.count !== truth.count) {
		throw unusable(
			`${features.name} has ${features.count} examples, but ${truth.name} has ${truth.count} ${kind}`,
			"the first axis of both counts examples",
		);
	}
	checkWidth(features, like.features, "features");
	checkWidth(truth, like.truth, kind);
}

function checkWidth(array: NumpyArray, like: NumpyArray, what: string): void {
	if (array.width === 0) throw unusable(`${array.name} has the shape ${array.shape.join("×")}: no ${what}`, "give it some");
	if (array.width !== like.width)
		throw unusable(`${array.name} has ${array.width} ${what} an example, ${like.name} has ${like.width}`, "give all sets the same");
}

function featuresOf(array: NumpyArray): Numbers {
	const scale = isImages(array) ? brightest : 1;
	const numbers = numbersOf(array, "feature");
	return scale === 1 ? numbers : { ...numbers, at: (example, column) => numbers.at(example, column) / scale };
}

const targetsOf = (array: NumpyArray): Targets => ({ kind: "targets", name: array.name, ...numbersOf(array, "target") });

function numbersOf(array: NumpyArray, what: "feature" | "target"): Numbers {
	const place = (example: number, column: number) => `${array.name}, example ${example + 1}, ${what} ${column + 1}`;
	return {
		count: array.count,
		width: array.width,
		place,
		at(example, column) {
			const value = array.at(example, column);
			if (Number.isFinite(value)) return value;
			const found = array.type.startsWith("f") ? String(value) : "an integer beyond ±2⁵³";
			throw unusable(`${place(example, column)}: found ${found}, expected a number`, "fill it, or leave the example out");
		},
	};
}

function labelsOf(array: NumpyArray): Labels {
	const place = (example: number) => `${array.name}, example ${example + 1}`;
	return {
		kind: "labels",
		name: array.name,
		count: array.count,
		place,
		at(example) {
			const label = array.at(example, 0);
			if (Number.isSafeInteger(label)) return label === 0 ? 0 : label;
			throw unusable(
				`${place(example)}: found ${label}, expected a whole number for its class`,
				"number the classes; numbers to predict are named by `target` in place of `labels`",
			);
		},
	};
}

const unusable = (found: string, fix: string): SweetspotError => new SweetspotError("data/unusable", found, fix);
