import type { Activation } from "../activation.js";
import type { Arena, Block } from "../arena.js";
import type { Kernels, Pointer } from "../kernels.js";

/** The cross-entropy of labels under the softmax of a network's last layer, in nats. */
export class SoftmaxCrossEntropy {
	readonly #sums: Pointer;
	readonly #totals: Block<Float64Array>;

	constructor(
		private readonly kernels: Kernels,
		private readonly logits: Activation,
		arena: Arena,
		rows: number,
	) {
		this.#sums = arena.allocate(4 * rows);
		this.#totals = arena.doubles(2);
	}

	/** The sum of the losses of the rows last seen; NaN where a logit was NaN or infinite. */
	get total(): number {
		return this.#totals.view[0];
	}

	/** How many of the rows last seen have the largest logit (the first of equals) where their label is. */
	get correct(): number {
		return this.#totals.view[1];
	}

	/** Looks at the first `rows` rows of logits. */
	evaluate(rows: number, labels: Pointer): void {
		this.#run(rows, labels, 0, 1);
	}

	/** The same; and the logits' gradient becomes that of the total divided by `divisor`, an integer. */
	differentiate(rows: number, labels: Pointer, divisor: number): void {
		this.#run(rows, labels, this.logits.gradient, divisor);
	}

	#run(rows: number, labels: Pointer, gradient: Pointer, divisor: number): void {
		const { values, stride, width } = this.logits;
		this.kernels.softmaxCrossEntropy(values, stride, labels, rows, width, gradient, divisor, this.#sums, this.#totals.pointer);
	}
}
