import { Rng } from "../core/rng.js";

/** Fixed, so that every trial of every study looks at the same examples. */
const seed = 1609;

/** Which examples of a set looks evaluate, ascending: all if there are at most `most`, else a fixed, seeded subset of that many. */
export function lookIndices(count: number, most: number): Int32Array {
	const order = Int32Array.from({ length: count }, (_, i) => i);
	if (count <= most) return order;
	Rng.fromSeed(seed).shuffle(order);
	return order.subarray(0, most).sort();
}
