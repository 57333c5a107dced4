import { z } from "zod";
import { Rng } from "../../core/rng.js";
import type { Dataset } from "../dataset.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { splitPool } from "../split.js";
import { bySettings } from "../written.js";

/** Gaussian blobs, made by a generator with a seed of its own. */
export interface BlobsSource {
	readonly name: "blobs";
	readonly examples: number;
	readonly classes: number;
	readonly features: number;
	/** Standard deviation of each blob around its centre; the centres are uniform in [−10, 10) along every feature. */
	readonly spread: number;
}

const schema = z.strictObject({
	blobs: z.strictObject({
		examples: z.int().min(10).default(1000),
		classes: z.int().min(2).default(3),
		features: z.int().min(1).default(2),
		spread: z.number().positive().default(2),
	}),
});

export const blobs = {
	name: "blobs",
	listed: [{ data: "blobs", kind: "made", what: "Gaussian blobs, as many as you like" }],
	schema,
	...bySettings("blobs", schema),
	bytes: ({ examples, classes, features }) => 4 * examples * (features + 1) + 8 * classes * features,
	load: makeBlobs,
} satisfies NetworkSourceKind<BlobsSource>;

/** The data set is the same for every study: it has a seed of its own. */
const seed = 2;

/** `examples` points in equal parts around `classes` centres, each feature with standard deviation `spread`; split 60/20/20. */
function makeBlobs({ examples, classes, features: width, spread }: BlobsSource): Dataset {
	const rng = Rng.fromSeed(seed);
	const centres = Float64Array.from({ length: classes * width }, () => 20 * rng.uniform() - 10);
	const features = new Float32Array(examples * width);
	const labels = new Int32Array(examples);
	for (let i = 0; i < examples; i++) {
		labels[i] = i % classes;
		for (let j = 0; j < width; j++) features[i * width + j] = centres[labels[i] * width + j] + spread * rng.normal();
	}
	return splitPool({ count: examples, features, labels }, width, classes);
}
