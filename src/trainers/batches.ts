import type { Rng } from "../core/rng.js";
import { replacingSampler, reshufflingSampler, type Sampler } from "../data/sampler.js";
import type { Study } from "../study/study.js";

/** The mini-batches of one trial, as the study's workload asks. */
export const samplerOf = ({ workload, data }: Pick<Study, "workload" | "data">, batchSize: number, rng: Rng): Sampler =>
	workload.sampler === "reshuffle"
		? reshufflingSampler(data.train, batchSize, workload.lastBatch, rng)
		: replacingSampler(data.train, batchSize, rng);
