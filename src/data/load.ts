import { sha256Hex } from "../core/canonical.js";
import { SweetspotError } from "../core/errors.js";
import type { Dataset, Examples } from "./dataset.js";
import { sha256OfMany } from "./digest.js";
import type { DataFacts, ReadBytes } from "./source.js";
import { type DataSource, isOracle, type NetworkSource, networkKindOf, oracleKindOf } from "./sources/table.js";

/** What an engine can address. */
const engineBytes = 2 ** 32;

/** The examples of a source, in three sets. Throws `data/…` errors, and `engine/memory` where they are too many to hold. */
export async function loadDataset(source: NetworkSource, read: ReadBytes): Promise<Dataset> {
	const kind = networkKindOf(source);
	const [needed, most] = [kind.bytes?.(source) ?? 0, Math.min(read.mostBytes ?? engineBytes, engineBytes)];
	if (needed > most) {
		const found = `the examples of ${source.name} take ${needed} bytes, expected at most ${most}`;
		throw new SweetspotError("engine/memory", found, "use fewer examples or features (workload.data)");
	}
	try {
		return await kind.load(source, read);
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		const found = `the examples of ${source.name} are more than this process can hold (${cause.message})`;
		throw new SweetspotError("engine/memory", found, "use fewer examples or features (workload.data)", { cause });
	}
}

/** What a study must know of its data. Throws `data/…` errors. */
export const factsAbout = async (source: DataSource, read: ReadBytes): Promise<DataFacts> =>
	isOracle(source) ? oracleKindOf(source).facts(source) : factsOf(await loadDataset(source, read));

export async function factsOf({ width, image, classes, train, validation, test }: Dataset): Promise<DataFacts> {
	const digests: string[] = [];
	for (const set of [train, validation, test]) digests.push(set ? await digest(set) : "none");
	return {
		train: train.count,
		validation: validation.count,
		test: test?.count ?? 0,
		features: width,
		...(image && { image }),
		classes,
		...(train.targets && { targets: train.targets.length / train.count }),
		sha256: sha256Hex(digests.join()),
	};
}

const digest = async ({ features, labels, targets }: Examples): Promise<string> =>
	sha256Hex((await sha256OfMany(features)) + (await sha256OfMany(targets ?? labels)));
