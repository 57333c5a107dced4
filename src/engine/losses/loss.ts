import type { Block } from "../arena.js";
import type { Pointer } from "../kernels.js";
import type { LossOperation } from "../operation.js";

/** How far a network's outputs are from the truth, row by row; and how many of them are right, where that means something. */
export interface Loss {
	/** What `truth` points to: an integer class per row, or a row of targets in the layout of the outputs. */
	readonly truth: "labels" | "targets";
	/**
	 * Two numbers about the rows last seen: the sum of their losses, NaN or infinite where the network has diverged; and how many are
	 * classified correctly, NaN where nothing is classified.
	 */
	readonly totals: Block<Float64Array>;
	/** Looks at the first `rows` rows of outputs. */
	evaluate(rows: number, truth: Pointer): void;
	/** The same; and the outputs' gradient becomes that of the total divided by `divisor`, an integer. */
	differentiate(rows: number, truth: Pointer, divisor: number): void;
	/** What it does, for wider vectors, which do it as part of a whole pass. */
	operation(): LossOperation;
}
