import type { NetworkWorkload } from "../../study/study.js";
import type { Asked } from "../experiment.js";
import { sizesOf, subjectOf } from "../lab/subjects.js";
import type { NormsTask } from "./norms.js";

export interface Settings {
	/** Averaged over the batch. */
	readonly workload: NetworkWorkload;
	readonly training: NormsTask["training"];
	/** When the norms are taken: early, late. */
	readonly epochs: readonly [early: number, late: number];
	/** Ascending; the last is N, the full batch. */
	readonly batchSizes: readonly number[];
	/** Batches of each size. */
	readonly batches: number;
	readonly paths: { readonly batchSizes: readonly number[]; readonly epochs: number; readonly learningRate: number };
	readonly seeds: number;
	readonly seed: number;
}

const seeds = { quick: 6, full: 20 } as const;
const seedsOfLarge = { quick: 3, full: 10 } as const;

export function settingsOf({ size, seed, data }: Asked): Settings {
	const subject = subjectOf(data, "digits");
	const { plain, rate, large, examples } = subject;
	return {
		workload: plain,
		training: { batchSize: 32, learningRate: rate },
		epochs: [2, 30],
		batchSizes: sizesOf(subject, large ? [1, 4, 16, 64, 256, 1024] : [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]),
		batches: 1000,
		// Of digits' 1,087, a prime, each leaves a partial last batch. Dividing by 100 rounds, by the others it doesn't.
		paths: { batchSizes: [32, 100, examples > 512 ? 512 : 256], epochs: large ? 2 : 10, learningRate: rate },
		seeds: (large ? seedsOfLarge : seeds)[size],
		seed,
	};
}
