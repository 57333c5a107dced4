import type { Activation } from "../activation.js";
import type { Arena, Block } from "../arena.js";
import { floatBits } from "../float-bits.js";
import type { Kernels, Pointer } from "../kernels.js";
import type { LossOperation } from "../operation.js";
import type { Loss } from "./loss.js";

/**
 * The cross-entropy of labels under the softmax of a network's last layer, in nats. With label smoothing ε the target is 1 − ε + ε/C for
 * the label and ε/C for each other of the C classes, in training and in evaluation alike (Szegedy et al. 2016, section 7).
 */
export class SoftmaxCrossEntropy implements Loss {
	readonly truth = "labels";
	readonly #sums: Pointer;
	/** As bits; 0 for none. */
	readonly #smoothing: number;
	/** Right is a row whose largest logit (the first of equals) is that of its label. The loss is NaN where a logit was NaN or infinite. */
	readonly totals: Block<Float64Array>;

	constructor(
		private readonly kernels: Kernels,
		private readonly logits: Activation,
		arena: Arena,
		rows: number,
		smoothing = 0,
	) {
		this.#smoothing = floatBits(smoothing);
		this.#sums = arena.allocate(4 * rows);
		this.totals = arena.doubles(2);
	}

	evaluate(rows: number, labels: Pointer): void {
		this.#run(rows, labels, 0, 1);
	}

	differentiate(rows: number, labels: Pointer, divisor: number): void {
		this.#run(rows, labels, this.logits.gradient, divisor);
	}

	operation(): LossOperation {
		return {
			kind: "softmax-cross-entropy",
			outputs: this.logits,
			totals: this.totals.pointer,
			sums: this.#sums,
			smoothing: this.#smoothing,
		};
	}

	#run(rows: number, labels: Pointer, gradient: Pointer, divisor: number): void {
		const { kernels } = this;
		const { values, stride, width } = this.logits;
		const { pointer: totals } = this.totals;
		kernels.softmaxCrossEntropy(values, stride, labels, rows, width, gradient, divisor, this.#sums, totals);
		if (this.#smoothing !== 0) kernels.smoothLabels(values, stride, labels, rows, width, gradient, divisor, this.#smoothing, totals);
	}
}
