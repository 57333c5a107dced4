import type { Rng } from "../../core/rng.js";
import type { NoiseProbe } from "../../core/trial.js";
import type { Machinery } from "./machinery.js";

/** A probe draws this many disjoint groups of examples, each of this size at most: enough for a jackknife, few enough to cost about two evaluations. */
const most = { groups: 16, size: 64 };

export interface ProbeGroups {
	readonly groups: number;
	readonly size: number;
}

/** As many and as large groups as the training set allows; null where it has fewer than four examples. */
export function probeGroups(examples: number): ProbeGroups | null {
	const groups = Math.min(most.groups, Math.floor(examples / 2));
	return groups < 2 ? null : { groups, size: Math.min(most.size, Math.floor(examples / groups)) };
}

/** Gradients of disjoint groups at the present weights. */
export function probeNoise(machinery: Machinery, { groups, size }: ProbeGroups, step: number, rng: Rng): NoiseProbe {
	const order = Int32Array.from({ length: machinery.examples }, (_, i) => i);
	rng.shuffle(order);
	const { squaredNormSums, gram } = machinery.noiseProbe(order.subarray(0, groups * size), groups, size);
	return { step, groupSize: size, squaredNormSums: Array.from(squaredNormSums), gram: Array.from(gram) };
}
