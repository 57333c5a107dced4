import type { Arm, Cell, CellPlan, CellTask } from "../lab/overfit/cell.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import type { Kind } from "./constructed.js";
import type { Rule } from "./rules.js";

export interface Settings extends CellPlan {
	/** N. */
	readonly examples: number;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** The one that the claims are held against. */
	readonly moderate: number;
	/** "none", and the one that is to make early stopping needless. */
	readonly regularizers: readonly [Regularizer, Regularizer];
	/** The first is the one that the claims are held against. */
	readonly rules: readonly Rule[];
	/** Constructed cases of each kind. */
	readonly cases: number;
}

export type Task =
	| ({ readonly kind: "cell" } & CellTask)
	| { readonly kind: "cases"; readonly of: Kind; readonly cases: number; readonly seed: number };

export type Result = ({ readonly kind: "cell" } & Cell) | { readonly kind: "cases"; readonly of: Kind; readonly right: number };

/** Both at every batch size; and, to see what the wrong labels do, at the moderate one with every label right. */
export const armsOf = ({ batchSizes, moderate, regularizers, few }: Settings): readonly Arm[] => [
	...batchSizes.flatMap((batchSize) => regularizers.map((regularizer): Arm => ({ regularizer, batchSize, wrongLabels: few.wrongLabels }))),
	...regularizers.map((regularizer): Arm => ({ regularizer, batchSize: moderate, wrongLabels: 0 })),
];
