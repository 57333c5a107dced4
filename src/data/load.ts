import { sha256Hex } from "../core/canonical.js";
import type { Dataset, Examples } from "./dataset.js";
import type { DataFacts, DataSource, ReadPackaged } from "./source.js";
import { blobs } from "./sources/blobs.js";
import { digits } from "./sources/digits.js";

/** The examples of a source, in three sets. Throws `data/…` errors. */
export async function loadDataset(source: DataSource, read: ReadPackaged): Promise<Dataset> {
	return source.name === "digits" ? await digits(read) : blobs(source);
}

/** What a study must know of its data. */
export function factsOf({ width, classes, train, validation, test }: Dataset): DataFacts {
	const sets: readonly (Examples | null)[] = [train, validation, test];
	return {
		train: train.count,
		validation: validation.count,
		test: test?.count ?? 0,
		features: width,
		classes,
		sha256: sha256Hex(sets.map((set) => (set ? digest(set) : "none")).join()),
	};
}

/** Over features and labels as little-endian bytes. */
const digest = ({ features, labels }: Examples): string => sha256Hex(littleEndian(features) + littleEndian(labels));

function littleEndian(values: Float32Array | Int32Array): string {
	const bytes = new Uint8Array(values.length * 4);
	const view = new DataView(bytes.buffer);
	for (const [i, value] of values.entries()) {
		if (values instanceof Float32Array) view.setFloat32(4 * i, value, true);
		else view.setInt32(4 * i, value, true);
	}
	return sha256Hex(bytes);
}
