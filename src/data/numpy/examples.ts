import { internal, SweetspotError } from "../../core/errors.js";
import { unpacked } from "../bytes.js";
import type { Dataset } from "../dataset.js";
import type { Normalization, TargetNormalization } from "../normalize.js";
import type { ReadBytes } from "../source.js";
import { type ArrayPair, fromArrays } from "./arrays.js";
import { type NumpyArray, readNpy } from "./npy.js";
import { type Member, readZip } from "./zip.js";

/** Arrays of numpy's, saved together by `numpy.savez`: a pool, or sets of their own, found by their names. */
export interface NpzSource extends TargetNormalization {
	readonly name: "npz";
	/** Absolute. */
	readonly file: string;
	/** The arrays' names, or what they begin with before `_train`, `_validation` and `_test`; null: the usual ones. */
	readonly arrays:
		| { readonly features: string; readonly labels: string }
		| { readonly features: string | null; readonly target: string }
		| null;
	readonly normalize: Normalization;
}

/** Two arrays of numpy's, each in a file of its own. */
export interface NpySource extends TargetNormalization {
	readonly name: "npy";
	/** Absolute, all of them. */
	readonly features: string;
	/** One of the two: classes, or numbers to predict. */
	readonly labels?: string;
	readonly target?: string;
	readonly normalize: Normalization;
}

/** What features and labels are usually called together. */
const usual = [
	["x", "y"],
	["features", "labels"],
	["images", "labels"],
	["data", "target"],
] as const;

const setWords = { train: ["train"], validation: ["validation", "valid", "val"], test: ["test"] } as const;

/** Arrays of an NPZ file. Throws `data/…` errors. */
export async function loadNpz({ file, arrays, normalize, normalizeTarget = "none" }: NpzSource, read: ReadBytes): Promise<Dataset> {
	const members = readZip(await bytesOf(file, "npz", read), file, read.mostBytes).filter(({ name }) => name.endsWith(".npy"));
	const found = arraysNamed(members, stemsOf(arrays), file);
	const load = async ({ name, read: readMember }: Member): Promise<NumpyArray> =>
		readNpy(await readMember(), `${file}, array ${name.slice(0, -".npy".length)}`);
	const pair = async (named: NamedPair): Promise<ArrayPair> => ({ features: await load(named.features), truth: await load(named.truth) });
	const kind = arrays && "target" in arrays ? "targets" : "labels";
	const normalizations = { features: normalize, targets: normalizeTarget };
	if (!("train" in found)) return fromArrays({ pool: await pair(found) }, kind, normalizations, file);
	const { train, validation, test } = found;
	const sets = { train: await pair(train), validation: validation && (await pair(validation)), test: test && (await pair(test)) };
	return fromArrays(sets, kind, normalizations, file);
}

/** What the arrays may be called; where only the numbers to predict are named, the features have a usual name. */
function stemsOf(arrays: NpzSource["arrays"]): readonly (readonly [string, string])[] {
	if (!arrays) return usual;
	if ("labels" in arrays) return [[arrays.features, arrays.labels]];
	const { features, target } = arrays;
	const names = features === null ? new Set(usual.map(([name]) => name).filter((name) => name !== plain(target))) : [features];
	return [...names].map((name) => [name, target]);
}

/** Two NPY files, gzipped or not. Throws `data/…` errors. */
export async function loadNpy(source: NpySource, read: ReadBytes): Promise<Dataset> {
	const { features, labels, target, normalize, normalizeTarget = "none" } = source;
	const file = labels ?? target;
	if (file === undefined) throw internal("an array of examples needs labels or targets");
	const load = async (path: string, key: string) => readNpy(await unpacked(await bytesOf(path, key, read), path, read.mostBytes), path);
	const pool = { features: await load(features, "npy"), truth: await load(file, labels === undefined ? "target" : "labels") };
	const normalizations = { features: normalize, targets: normalizeTarget };
	return fromArrays({ pool }, labels === undefined ? "targets" : "labels", normalizations, features);
}

async function bytesOf(file: string, key: string, read: ReadBytes): Promise<Uint8Array> {
	const bytes = await read({ path: file });
	if (bytes) return bytes;
	throw new SweetspotError("data/not-found", file, `check \`workload.data.${key}\`: the path counts from the study file's folder`);
}

interface NamedPair {
	readonly features: Member;
	readonly truth: Member;
}

type NamedSets = NamedPair | { readonly train: NamedPair; readonly validation: NamedPair | null; readonly test: NamedPair | null };

/**
 * The members that hold features, and labels or targets: by themselves, or with the set before or behind, as in `x_train` and
 * `train_images`; capitals don't count.
 */
function arraysNamed(members: readonly Member[], stems: readonly (readonly [string, string])[], file: string): NamedSets {
	const find = (name: string) => members.find((member) => plain(member.name) === plain(`${name}.npy`));
	const pair = (features: string, truth: string): NamedPair | null => {
		const [one, other] = [find(features), find(truth)];
		return one && other ? { features: one, truth: other } : null;
	};
	const ofSet = (words: readonly string[], [features, truth]: readonly [string, string]): NamedPair | null =>
		first(words, (word) => pair(`${features}_${word}`, `${truth}_${word}`) ?? pair(`${word}_${features}`, `${word}_${truth}`));
	const candidates = stems.flatMap((stem): NamedSets[] => {
		const train = ofSet(setWords.train, stem);
		if (train) return [{ train, validation: ofSet(setWords.validation, stem), test: ofSet(setWords.test, stem) }];
		const pool = pair(...stem);
		return pool ? [pool] : [];
	});
	if (candidates.length === 1) return candidates[0];
	const names = members.map(({ name }) => name.slice(0, -".npy".length)).join(", ");
	const what =
		candidates.length === 0 ? `none are called ${stems.map((stem) => stem.join(" and ")).join(", or ")}` : "several could be meant";
	throw new SweetspotError(
		"data/unusable",
		names === "" ? `${file} holds no arrays of numpy's` : `${file} holds the arrays ${names}: ${what}`,
		"name both, `features: NAME` and `labels: NAME` (numbers to predict: `target: NAME`); sets of their own have `_train`, `_validation` and `_test` behind these names",
	);
}

const plain = (name: string): string => name.toLowerCase().replaceAll("-", "_");

function first<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
	for (const item of items) {
		const found = find(item);
		if (found) return found;
	}
	return null;
}
