import type { Asked } from "../experiment.js";
import { type Arm, type CellPlan, type CellTask, cellTask } from "../lab/overfit/cell.js";
import { type Regularizer, regularizers } from "../lab/overfit/regularizers.js";
import { overfitSubject } from "../lab/overfit/subject.js";

export interface Settings extends CellPlan {
	/** N. */
	readonly examples: number;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** The one that the claims are about. */
	readonly moderate: number;
	/** Those trained at every batch size; ghost batches only where they are smaller than the batch. */
	readonly regularizers: readonly Regularizer[];
}

const seeds = { quick: { tuning: 3, reporting: 8 }, full: { tuning: 5, reporting: 20 } } as const;
const seedsOfLarge = { quick: { tuning: 2, reporting: 4 }, full: { tuning: 3, reporting: 10 } } as const;

export function settingsOf({ size, seed, data }: Asked): Settings {
	const { workload, few, examples, batchSizes, moderate, large } = overfitSubject(data);
	return {
		workload,
		few,
		examples,
		batchSizes,
		moderate,
		regularizers,
		epochs: 100,
		every: 2,
		seeds: (large ? seedsOfLarge : seeds)[size],
		seed,
	};
}

/**
 * Every regularizer at every batch size; and, to see what the wrong labels do, the unregularized network at the moderate one with every
 * label right. Small batches take longest.
 */
export function tasksOf(settings: Settings): readonly CellTask[] {
	const { batchSizes, moderate, few } = settings;
	const arms = [
		...batchSizes.flatMap((batchSize) =>
			settings.regularizers
				.filter((regularizer) => regularizer !== "ghost batches" || batchSize > moderate)
				.map((regularizer): Arm => ({ regularizer, batchSize, wrongLabels: few.wrongLabels })),
		),
		{ regularizer: "none", batchSize: moderate, wrongLabels: 0 } as const,
	];
	return arms.map((arm) => cellTask(settings, arm));
}
