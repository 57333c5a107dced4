import type { NetworkWorkload } from "../../study/study.js";
import type { Asked } from "../experiment.js";
import { subjectOf } from "../lab/subjects.js";

export interface Settings {
	readonly workload: NetworkWorkload;
	readonly batchSizes: readonly number[];
	readonly learningRate: number;
	readonly epochs: number;
	readonly seeds: number;
	/** Constructed cases of each kind. */
	readonly cases: number;
	readonly seed: number;
}

const seeds = { quick: 20, full: 100 } as const;
const seedsOfLarge = { quick: 3, full: 10 } as const;

export function settingsOf({ size, seed, data }: Asked): Settings {
	const { workload, large } = subjectOf(data, "tutorial-blobs");
	return {
		workload,
		batchSizes: large ? [32, 128, 512, 2048, 8192] : [4, 8, 16, 32, 64, 128, 256, 450],
		learningRate: 0.01,
		epochs: large ? 60 : 200,
		seeds: (large ? seedsOfLarge : seeds)[size],
		cases: size === "quick" ? 500 : 5000,
		seed,
	};
}
