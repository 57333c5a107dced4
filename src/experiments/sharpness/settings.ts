import type { NetworkWorkload } from "../../study/study.js";
import type { Asked } from "../experiment.js";
import { type SubjectName, subjectOf } from "../lab/subjects.js";

export interface Settings {
	readonly workload: NetworkWorkload;
	/** N. */
	readonly examples: number;
	/**
	 * Ascending. The first is the small batch; the others are compared with it. Each with the rates it is tuned over, ascending, an octave
	 * apart, and with the epochs that a run may take to get to the training loss.
	 */
	readonly sizes: readonly { readonly batchSize: number; readonly rates: readonly number[]; readonly mostEpochs: number }[];
	readonly sameRate: number;
	readonly epochs: number;
	/** Runs end here to be compared. */
	readonly trainLoss: number;
	readonly looksPerEpoch: number;
	/** Curvature is that of the loss over so many training examples. */
	readonly curvatureExamples: number;
	/** Places on the line between two solutions: 0 is the small batch's, 1 the other's. */
	readonly alphas: readonly number[];
	/** Rates are chosen on the first of them, and reported from the rest. */
	readonly seeds: { readonly tuning: number; readonly reporting: number };
	readonly seed: number;
}

const seeds = { quick: { tuning: 3, reporting: 8 }, full: { tuning: 10, reporting: 20 } } as const;
const seedsOfLarge = { quick: { tuning: 1, reporting: 3 }, full: { tuning: 3, reporting: 10 } } as const;

/** Training losses that every size reaches at some rate. The blobs overlap: little less than this can be had of them. */
const trainLosses: Readonly<Record<SubjectName, number>> = { digits: 0.05, "tutorial-blobs": 0.45, "fashion-mnist": 0.4, mnist: 0.1 };

/** `octaves` from a rate that suits plain SGD on batches of 32. */
const around = (rate: number, octaves: readonly number[]): readonly number[] => octaves.map((k) => rate * 2 ** k);

export function settingsOf({ size, seed, data }: Asked): Settings {
	const own = data ?? "digits";
	const { workload, rate, examples, large } = subjectOf(own, "digits");
	const tenth = Math.round(examples / 10);
	return {
		workload,
		examples,
		// Runs that aren't there after so many epochs hover or have diverged: those that come so far need a third of them.
		sizes: large
			? [
					{ batchSize: 256, rates: around(rate, [-2, -1, 0]), mostEpochs: 20 },
					{ batchSize: tenth, rates: around(rate, [-1, 0, 1]), mostEpochs: 30 },
				]
			: [
					{ batchSize: 8, rates: around(rate, [-5, -4, -3, -2, -1]), mostEpochs: 40 },
					{ batchSize: tenth, rates: around(rate, [-2, -1, 0, 1, 2]), mostEpochs: 100 },
					{ batchSize: examples, rates: around(rate, [-1, 0, 1, 2, 3]), mostEpochs: 400 },
				],
		sameRate: rate / 4,
		epochs: large ? 5 : 30,
		trainLoss: trainLosses[own],
		looksPerEpoch: large ? 2 : 16,
		curvatureExamples: Math.min(examples, 4096),
		alphas: large ? Array.from({ length: 13 }, (_, i) => (i - 4) / 4) : Array.from({ length: 31 }, (_, i) => (i - 10) / 10),
		seeds: (large ? seedsOfLarge : seeds)[size],
		seed,
	};
}
