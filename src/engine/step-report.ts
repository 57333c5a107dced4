import type { Block } from "./arena.js";

/**
 * What a training step reports; the same object every time. Its numbers lie in a typed array, since JavaScript allocates anew for each
 * number that is assigned to a property.
 */
export class StepReport {
	/** False where the step was stopped between chunks: then nothing was updated, and the rest is of an earlier step. */
	completed = true;
	/** Loss, correct and squared norm: written in place, since a setter that isn't inlined would be handed a number on the heap. */
	readonly numbers = new Float64Array(3).fill(Number.NaN);

	constructor(private readonly norms: Block<Float64Array>) {}

	/** Mean loss of this mini-batch at the weights before the update, for either reduction. NaN or infinite: diverged. */
	get loss(): number {
		return this.numbers[0];
	}

	/** Examples of this mini-batch that were classified correctly; NaN where nothing is classified. */
	get correct(): number {
		return this.numbers[1];
	}

	/** |∇|² of the gradient as reduced (mean or sum); NaN unless measured. */
	get squaredNorm(): number {
		return this.numbers[2];
	}

	/** The first `count` are |g_i|², g_i the gradient of example i's loss alone; empty unless measured. */
	get perExample(): Float64Array {
		return this.norms.view;
	}
}
