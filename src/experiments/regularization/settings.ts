import type { Arm, CellPlan } from "../lab/overfit/cell.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";

export interface Settings extends CellPlan {
	/** N. */
	readonly examples: number;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** The one that the claims are held against. */
	readonly moderate: number;
	/** Those trained at every batch size; ghost batches only where they are smaller than the batch. */
	readonly regularizers: readonly Regularizer[];
}

/** Every regularizer at every batch size; and, to see what the wrong labels do, the unregularized network at the moderate one with every label right. Small batches take longest. */
export const armsOf = ({ batchSizes, moderate, regularizers, few }: Settings): readonly Arm[] => [
	...batchSizes.flatMap((batchSize) =>
		regularizers
			.filter((regularizer) => regularizer !== "ghost batches" || batchSize > moderate)
			.map((regularizer): Arm => ({ regularizer, batchSize, wrongLabels: few.wrongLabels })),
	),
	{ regularizer: "none", batchSize: moderate, wrongLabels: 0 },
];
