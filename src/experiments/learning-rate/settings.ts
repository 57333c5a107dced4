import type { NetworkWorkload } from "../../study/study.js";
import type { Asked } from "../experiment.js";
import { subjectOf } from "../lab/subjects.js";

export interface Settings {
	readonly workload: NetworkWorkload;
	/** N. */
	readonly examples: number;
	/** Ascending powers of two. */
	readonly batchSizes: readonly number[];
	/** Ascending, an octave apart. */
	readonly rates: readonly number[];
	readonly epochs: number;
	/** Rates are chosen on the first of them and reported from the rest, so that no winner is reported from the runs that made it win. */
	readonly seeds: { readonly tuning: number; readonly reporting: number };
	/** Does this batch size, at `factor` times the rate, travel as far as the reference at the rate itself? The first rate is the claim's. */
	readonly restore: {
		readonly batchSize: number;
		readonly reference: number;
		readonly rates: readonly [number, number];
		readonly factor: number;
	};
	readonly seed: number;
}

const seeds = { quick: { tuning: 4, reporting: 6 }, full: { tuning: 10, reporting: 20 } } as const;
const seedsOfLarge = { quick: { tuning: 2, reporting: 3 }, full: { tuning: 2, reporting: 8 } } as const;

export function settingsOf({ size, seed, data }: Asked): Settings {
	const { plain, examples, large } = subjectOf(data, "digits");
	return {
		workload: { ...plain, lastBatch: "drop" },
		examples,
		batchSizes: large ? [64, 1024] : [4, 16, 64, 256, 1024],
		rates: Array.from({ length: 12 }, (_, k) => 2 ** (k - 8)),
		epochs: large && size === "quick" ? 5 : 30,
		seeds: (large ? seedsOfLarge : seeds)[size],
		// 0.01 and its tenfold are Shen's (2018), who has 60,000 examples: 55 times the steps an epoch. So a rate that suits 1,087 is run as
		// well.
		restore: { batchSize: 1024, reference: 64, rates: [0.01, 0.1], factor: 10 },
		seed,
	};
}
