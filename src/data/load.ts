import { sha256Hex } from "../core/canonical.js";
import { sha256OfNumbers } from "../core/little-endian.js";
import type { Dataset, Examples } from "./dataset.js";
import { oracleFacts } from "./oracles/facts.js";
import { type DataFacts, type DataSource, isOracle, type NetworkSource, type ReadPackaged } from "./source.js";
import { blobs } from "./sources/blobs.js";
import { digits } from "./sources/digits.js";

/** The examples of a source, in three sets. Throws `data/…` errors. */
export async function loadDataset(source: NetworkSource, read: ReadPackaged): Promise<Dataset> {
	return source.name === "digits" ? await digits(read) : blobs(source);
}

/** What a study must know of its data. Throws `data/…` errors. */
export const factsAbout = async (source: DataSource, read: ReadPackaged): Promise<DataFacts> =>
	isOracle(source) ? oracleFacts(source) : factsOf(await loadDataset(source, read));

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

const digest = ({ features, labels }: Examples): string => sha256Hex(sha256OfNumbers(features) + sha256OfNumbers(labels));
