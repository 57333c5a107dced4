import type { Rng } from "../core/rng.js";
import { replacingSampler, reshufflingSampler, type Sampler } from "../data/sampler.js";
import type { Descent } from "../study/study.js";

/** The mini-batches of one trial over `examples` training examples, as the workload asks. */
export const samplerOf = (
	{ sampler, lastBatch }: Pick<Descent, "sampler" | "lastBatch">,
	examples: number,
	batchSize: number,
	rng: Rng,
): Sampler =>
	sampler === "reshuffle" ? reshufflingSampler(examples, batchSize, lastBatch, rng) : replacingSampler(examples, batchSize, rng);
