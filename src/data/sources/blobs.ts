import { Rng } from "../../core/rng.js";
import type { Dataset } from "../dataset.js";
import type { BlobsSource } from "../source.js";
import { splitPool } from "../split.js";

/** The data set is the same for every study: it has a seed of its own. */
const seed = 2;

/** Gaussian blobs: `examples` points in equal parts around `classes` centres, each feature with standard deviation `spread`; split 60/20/20. */
export function blobs({ examples, classes, features: width, spread }: BlobsSource): Dataset {
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
