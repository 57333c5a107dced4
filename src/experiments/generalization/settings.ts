import type { ComparisonName } from "../../core/comparisons.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Asked } from "../experiment.js";
import type { Question } from "../lab/study-lab.js";
import { sizesOf, subjectOf } from "../lab/subjects.js";

/** The factors of the crossed design, each at its levels, ascending; every combination is trained. */
export interface Crossed {
	readonly learningRate: readonly number[];
	readonly momentum: readonly number[];
	readonly width: readonly number[];
	readonly batchSize: readonly number[];
	readonly epochs: number;
	/** The best rate of a combination is chosen on the first of them, and everything is reported from the rest. */
	readonly seeds: { readonly tuning: number; readonly reporting: number };
}

export interface Settings {
	/** What is trained, on which seeds, and at which sizes; its goal is what rates are tuned for. */
	readonly study: Question & { readonly workload: NetworkWorkload };
	/** N, training examples. */
	readonly examples: number;
	/** What one guesses right who knows nothing: what a run that diverged is taken to reach. */
	readonly chance: number;
	/** The size that others are held against, and at which all budgets agree. */
	readonly reference: number;
	/** The one rate of all sizes where it isn't tuned. */
	readonly untunedRate: number;
	/** Steps that each budget buys at each size, in the order of the study's sizes. */
	readonly steps: Readonly<Record<ComparisonName, readonly number[]>>;
	readonly epochs: number;
	/** Of the cost model behind equal seconds: a step takes as long as so many examples, and those of its batch. */
	readonly overhead: number;
	readonly crossed: Crossed;
}

const seeds = {
	quick: { tuning: 3, selecting: 1, reporting: 10 },
	full: { tuning: 7, selecting: 1, reporting: 30 },
} as const;
const seedsOfLarge = {
	quick: { tuning: 1, selecting: 1, reporting: 5 },
	full: { tuning: 3, selecting: 1, reporting: 10 },
} as const;
const seedsOfCrossed = { quick: { tuning: 1, reporting: 8 }, full: { tuning: 6, reporting: 12 } } as const;

const usualReference = 32;

/** Shen's (2018): the two sizes whose accuracies he compares, his epochs, and his one rate. */
const article = { small: 64, large: 1024, epochs: 30, rate: 0.01 } as const;

/**
 * In examples. Our engine takes about 4 µs for a step of one example of digits on the 64-64-10 network, and 60 for one of 64: as long as so
 * many examples more. Frozen, so that the same settings train the same runs on every machine.
 */
const overhead = 4;

export function settingsOf({ size, seed, data }: Asked): Settings {
	const subject = subjectOf(data, "digits");
	const { plain, examples, large, rate } = subject;
	const reference = large ? article.small : usualReference;
	const batchSizes = large ? [1, 8, article.small, 256, article.large] : sizesOf(subject, [1, 4, 16, 32, 128]);
	const epochs = large ? (size === "quick" ? 1 : article.epochs) : size === "quick" ? 10 : 30;
	const perEpoch = (batchSize: number) => Math.ceil(examples / batchSize);
	const steps = epochs * perEpoch(reference);
	const cost = (batchSize: number) => overhead + batchSize;
	return {
		study: {
			version: 1,
			name: `generalization on ${plain.data.name}`,
			seed,
			workload: plain,
			// Out of reach: runs end with their budget.
			goal: { metric: "validation.accuracy", atLeast: 1 },
			batchSizes,
			// Few looks: only the last counts.
			looks: { ratio: 2, examples: 4096 },
			tune: { learningRate: { from: 2 ** -12, to: 8 } },
			seeds: (large ? seedsOfLarge : seeds)[size],
			limits: { epochs, steps, seconds: null },
			budget: { trials: null, seconds: null },
			objective: "balanced",
			tolerance: 0.25,
		},
		examples,
		chance: 0.1,
		reference,
		untunedRate: large ? article.rate : rate,
		steps: {
			epochs: batchSizes.map((batchSize) => epochs * perEpoch(batchSize)),
			steps: batchSizes.map(() => steps),
			seconds: batchSizes.map((batchSize) => Math.max(1, Math.round((steps * cost(reference)) / cost(batchSize)))),
		},
		epochs,
		overhead,
		crossed: {
			learningRate: [2 ** -8, 2 ** -6, 2 ** -4, 2 ** -2],
			momentum: [0, 0.9],
			width: large ? [32, 128] : [16, 32, 64],
			batchSize: [4, 16, 64, 256],
			epochs: large ? 1 : 10,
			seeds: large ? { tuning: 1, reporting: 3 } : seedsOfCrossed[size],
		},
	};
}
