import type { Activation } from "../activation.js";
import type { Arena, Block } from "../arena.js";
import type { Kernels, Pointer } from "../kernels.js";
import type { LossOperation } from "../operation.js";
import type { Loss } from "./loss.js";

/** The cross-entropy of labels 0 and 1 under the logistic function of a network's one output, in nats. */
export class BinaryCrossEntropy implements Loss {
	readonly truth = "labels";
	/** Right is a row with a positive logit and label 1, or one of at most 0 and label 0. */
	readonly totals: Block<Float64Array>;

	constructor(
		private readonly kernels: Kernels,
		private readonly logits: Activation,
		arena: Arena,
	) {
		this.totals = arena.doubles(2);
	}

	evaluate(rows: number, labels: Pointer): void {
		this.#run(rows, labels, 0, 1);
	}

	differentiate(rows: number, labels: Pointer, divisor: number): void {
		this.#run(rows, labels, this.logits.gradient, divisor);
	}

	operation(): LossOperation {
		return { kind: "binary-cross-entropy", outputs: this.logits, totals: this.totals.pointer };
	}

	#run(rows: number, labels: Pointer, gradient: Pointer, divisor: number): void {
		const { values, stride } = this.logits;
		this.kernels.binaryCrossEntropy(values, stride, labels, rows, gradient, divisor, this.totals.pointer);
	}
}
