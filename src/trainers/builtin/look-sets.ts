import { Rng } from "../../core/rng.js";
import type { Examples } from "../../data/dataset.js";
import { pick } from "../../data/split.js";

/** Fixed, so that every trial of every study looks at the same examples. */
const seed = 1609;

/** The set that looks evaluate: the whole set if it has at most `most` examples, else a fixed, seeded subset of that many. */
export function lookSet(set: Examples, width: number, most: number): Examples {
	if (set.count <= most) return set;
	const order = Int32Array.from({ length: set.count }, (_, i) => i);
	Rng.fromSeed(seed).shuffle(order);
	return pick(set, width, order.subarray(0, most).sort());
}
