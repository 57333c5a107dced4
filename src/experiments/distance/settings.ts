import type { NetworkWorkload } from "../../study/study.js";
import type { Asked } from "../experiment.js";
import { sizesOf, subjectOf } from "../lab/subjects.js";

export interface Settings {
	/** Averaged over the batch. */
	readonly workload: NetworkWorkload;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** The same at every batch size; claims are about the middle one of each. */
	readonly rates: { readonly mean: readonly [number, number, number]; readonly sum: readonly [number, number, number] };
	readonly epochs: number;
	readonly steps: number;
	readonly seeds: number;
	readonly seed: number;
}

const seeds = { quick: 6, full: 20 } as const;
const seedsOfLarge = { quick: 3, full: 5 } as const;

export function settingsOf({ size, seed, data }: Asked): Settings {
	const subject = subjectOf(data, "digits");
	const { plain, rate, examples, large } = subject;
	// The largest power of two at which the full batch's sum steps no farther than the mean does at rate 1: for digits 1/2,048.
	const summed = 2 ** (Math.clz32(examples - 1) - 32);
	return {
		workload: plain,
		// Of images those from which Shen (2018) has two, 64 and 1,024: a batch of one takes as long as all others together.
		batchSizes: sizesOf(subject, large ? [16, 64, 256, 1024] : [1, 4, 16, 64, 256]),
		rates: { mean: [rate / 8, rate / 2, rate * 2], sum: [summed / 4, summed, summed * 4] },
		epochs: large && size === "quick" ? 5 : 30,
		steps: 100,
		seeds: (large ? seedsOfLarge : seeds)[size],
		seed,
	};
}
