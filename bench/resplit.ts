import type { Rng } from "../src/core/rng.js";
import type { Dataset, Examples } from "../src/data/dataset.js";
import { pick } from "../src/data/split.js";

/** All examples of a data set, dealt again into sets of these sizes. */
export function resplit(
	{ width, image, classes, ...sets }: Dataset,
	sizes: { readonly train: number; readonly validation: number; readonly test: number },
	rng: Rng,
): Dataset {
	const pool = joined([sets.train, sets.validation, ...(sets.test ? [sets.test] : [])]);
	const order = Int32Array.from({ length: pool.count }, (_, i) => i);
	rng.shuffle(order);
	let dealt = 0;
	const deal = (count: number): Examples => {
		dealt += count;
		return pick(pool, width, order.slice(dealt - count, dealt));
	};
	return {
		width,
		classes,
		...(image && { image }),
		train: deal(sizes.train),
		validation: deal(sizes.validation),
		test: deal(sizes.test),
	};
}

function joined(sets: readonly Examples[]): Examples {
	const count = sets.reduce((sum, set) => sum + set.count, 0);
	const width = sets[0].features.length / sets[0].count;
	const features = new Float32Array(count * width);
	const labels = new Int32Array(count);
	let at = 0;
	for (const set of sets) {
		features.set(set.features, at * width);
		labels.set(set.labels, at);
		at += set.count;
	}
	return { count, features, labels };
}
