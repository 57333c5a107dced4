import { sha256Hex } from "../core/canonical.js";
import { SweetspotError } from "../core/errors.js";
import type { Dataset, Examples } from "./dataset.js";
import { sha256OfMany } from "./digest.js";
import { oracleFacts } from "./oracles/facts.js";
import { type DataFacts, type DataSource, isOracle, type NetworkSource, type ReadBytes } from "./source.js";
import { blobs } from "./sources/blobs.js";
import { csv } from "./sources/csv.js";
import { digits } from "./sources/digits.js";
import { fashionMnist, idx, mnist } from "./sources/idx.js";
import { npy, npz } from "./sources/npz.js";
import { circles, moons, spirals } from "./sources/points.js";
import { teacher } from "./sources/teacher.js";
import { tutorialBlobs } from "./sources/tutorial-blobs.js";

/** The examples of a source, in three sets. Throws `data/…` errors, and `engine/memory` where they are too many to hold. */
export async function loadDataset(source: NetworkSource, read: ReadBytes): Promise<Dataset> {
	try {
		return await setsOf(source, read);
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		const found = `the examples of ${source.name} are more than this process can hold (${cause.message})`;
		throw new SweetspotError("engine/memory", found, "use fewer examples or features (workload.data)", { cause });
	}
}

async function setsOf(source: NetworkSource, read: ReadBytes): Promise<Dataset> {
	switch (source.name) {
		case "digits":
			return await digits(read);
		case "fashion-mnist":
			return await fashionMnist(read);
		case "tutorial-blobs":
			return await tutorialBlobs(read);
		case "mnist":
			return await mnist(read);
		case "blobs":
			return blobs(source);
		case "moons":
			return moons(source);
		case "circles":
			return circles(source);
		case "spirals":
			return spirals(source);
		case "teacher":
			return teacher(source);
		case "csv":
			return await csv(source, read);
		case "idx":
			return await idx(source, read);
		case "npz":
			return await npz(source, read);
		case "npy":
			return await npy(source, read);
	}
}

/** What a study must know of its data. Throws `data/…` errors. */
export const factsAbout = async (source: DataSource, read: ReadBytes): Promise<DataFacts> =>
	isOracle(source) ? oracleFacts(source) : factsOf(await loadDataset(source, read));

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
