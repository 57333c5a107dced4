import type { NetworkWorkload } from "../../study/study.js";
import type { Asked } from "../experiment.js";
import { subjectOf } from "../lab/subjects.js";

/** Less noise by and by: the rate divided by a factor at marks, or the batch multiplied by it. */
export interface Calming {
	/** Plain SGD, without a schedule of its own. */
	readonly workload: NetworkWorkload;
	/** N. */
	readonly examples: number;
	readonly batchSize: number;
	readonly learningRate: number;
	/** A power of four, so that half of it on a logarithmic scale is a whole number. */
	readonly factor: number;
	/** Epochs after which it is applied. */
	readonly marks: readonly number[];
	readonly epochs: number;
}

/** A run with a large batch that changes its ways. */
export interface Switching {
	readonly workload: NetworkWorkload;
	readonly small: number;
	readonly large: number;
	/** Of both. */
	readonly learningRate: number;
	/** Epoch of the change. */
	readonly at: number;
	readonly epochs: number;
	/** By what the rate may be raised there instead, ascending; chosen on the tuning seeds. */
	readonly raises: readonly number[];
}

export interface Settings {
	readonly calming: Calming;
	readonly switching: Switching;
	readonly seeds: { readonly tuning: number; readonly reporting: number };
	readonly seed: number;
}

const seeds = { quick: { tuning: 4, reporting: 32 }, full: { tuning: 10, reporting: 40 } } as const;
const seedsOfLarge = { quick: { tuning: 1, reporting: 3 }, full: { tuning: 3, reporting: 10 } } as const;

export function settingsOf({ size, seed, data }: Asked): Settings {
	// Where classes overlap, as the blobs' do, a constant rate hovers and a decay shows; what a network can learn to the last example hides
	// both.
	const [noisy, { plain, rate, examples, large }] = [subjectOf(data, "tutorial-blobs"), subjectOf(data, "digits")];
	const epochs = large ? 3 : 30;
	return {
		calming: {
			workload: noisy.plain,
			examples: noisy.examples,
			batchSize: large ? 16 : 4,
			// The largest power of two at which batches of so few still train.
			learningRate: noisy.rate * (data === null || data === "tutorial-blobs" ? 4 : 2),
			factor: 4,
			marks: [epochs / 3, (2 * epochs) / 3],
			epochs,
		},
		switching: {
			workload: plain,
			small: 16,
			// The largest power of two that is no more than a quarter of the examples.
			large: 2 ** Math.floor(Math.log2(examples / 4)),
			learningRate: rate / 8,
			at: epochs / 2,
			epochs,
			raises: [4, 8, 16, 32, 64],
		},
		seeds: (large ? seedsOfLarge : seeds)[size],
		seed,
	};
}
