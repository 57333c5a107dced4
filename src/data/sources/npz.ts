import { SweetspotError } from "../../core/errors.js";
import { unpacked } from "../bytes.js";
import type { Dataset } from "../dataset.js";
import { type NumpyArray, readNpy } from "../numpy/npy.js";
import { type Member, readZip } from "../numpy/zip.js";
import type { NpySource, NpzSource, ReadBytes } from "../source.js";
import { type ArrayPair, fromArrays } from "./arrays.js";

/** What features and labels are usually called together. */
const usual = [
	["x", "y"],
	["features", "labels"],
	["images", "labels"],
	["data", "target"],
] as const;

const setWords = { train: ["train"], validation: ["validation", "valid", "val"], test: ["test"] } as const;

/** Arrays of an NPZ file. Throws `data/…` errors. */
export async function npz({ file, arrays, normalize }: NpzSource, read: ReadBytes): Promise<Dataset> {
	const members = readZip(await bytesOf(file, "npz", read), file).filter(({ name }) => name.endsWith(".npy"));
	const found = arraysNamed(members, arrays ? [[arrays.features, arrays.labels]] : usual, file);
	const load = async ({ name, read: readMember }: Member): Promise<NumpyArray> =>
		readNpy(await readMember(), `${file}, array ${name.slice(0, -".npy".length)}`);
	const pair = async (named: NamedPair): Promise<ArrayPair> => ({ features: await load(named.features), labels: await load(named.labels) });
	if (!("train" in found)) return fromArrays({ pool: await pair(found) }, normalize, file);
	const { train, validation, test } = found;
	const sets = { train: await pair(train), validation: validation && (await pair(validation)), test: test && (await pair(test)) };
	return fromArrays(sets, normalize, file);
}

/** Two NPY files, gzipped or not. Throws `data/…` errors. */
export async function npy({ features, labels, normalize }: NpySource, read: ReadBytes): Promise<Dataset> {
	const load = async (file: string, key: string) => readNpy(await unpacked(await bytesOf(file, key, read), file), file);
	return fromArrays({ pool: { features: await load(features, "npy"), labels: await load(labels, "labels") } }, normalize, features);
}

async function bytesOf(file: string, key: string, read: ReadBytes): Promise<Uint8Array> {
	const bytes = await read({ path: file });
	if (bytes) return bytes;
	throw new SweetspotError("data/not-found", file, `check \`workload.data.${key}\`: the path counts from the study file's folder`);
}

interface NamedPair {
	readonly features: Member;
	readonly labels: Member;
}

type NamedSets = NamedPair | { readonly train: NamedPair; readonly validation: NamedPair | null; readonly test: NamedPair | null };

/** The members that hold features and labels: by themselves, or with the set before or behind, as in `x_train` and `train_images`; capitals don't count. */
function arraysNamed(members: readonly Member[], stems: readonly (readonly [string, string])[], file: string): NamedSets {
	const find = (name: string) => members.find((member) => plain(member.name) === plain(`${name}.npy`));
	const pair = (features: string, labels: string): NamedPair | null => {
		const [one, other] = [find(features), find(labels)];
		return one && other ? { features: one, labels: other } : null;
	};
	const ofSet = (words: readonly string[], [features, labels]: readonly [string, string]): NamedPair | null =>
		first(words, (word) => pair(`${features}_${word}`, `${labels}_${word}`) ?? pair(`${word}_${features}`, `${word}_${labels}`));
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
		"name both, `features: NAME` and `labels: NAME`; sets of their own have `_train`, `_validation` and `_test` behind these names",
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
