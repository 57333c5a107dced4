import type { Rng } from "../../core/rng.js";
import type { GradientSink, Pointer } from "../kernels.js";
import type { LayerOperation } from "../operation.js";

/** Where a backward pass adds up |g_i|² of each row's gradient g_i, or null where it isn't needed. */
export interface RowNorms {
	/** One double per row. */
	readonly at: Pointer;
	/** What the sum of losses was divided by: its square undoes what the mean did to the rows' gradients. */
	readonly divisor: number;
}

/** One layer of a built network, with its input and output activations and its slice of the parameters. Allocates nothing once built. */
export interface Layer {
	/**
	 * Whether a row's own gradient exists and `backward` can add up its squared norm. Not so where rows mix, as they do under batch
	 * normalization.
	 */
	readonly perExampleNorms: "defined" | "not defined";
	/** Draws the parameters, and sets the state (what else a layer keeps from step to step) to its beginning. */
	initialize(rng: Rng): void;
	/**
	 * Fills the first `rows` rows of the output. In training, layers draw at random and learn from the rows, which moves their state;
	 * else the output is a function of the row and the state, which stays.
	 */
	forward(rows: number, training: boolean): void;
	/**
	 * From the output's gradient: the input's (where wanted), and the parameters' into `sink`. Belongs to the forward pass just before, which
	 * was one in training.
	 */
	backward(rows: number, sink: GradientSink, norms: RowNorms | null): void;
	/** What it does, where wider vectors can do it as part of a whole pass. */
	operation?(): LayerOperation;
}
