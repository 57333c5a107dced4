import type { Activation } from "../activation.js";
import type { Arena, Block } from "../arena.js";
import type { Kernels, Pointer } from "../kernels.js";
import type { LossOperation } from "../operation.js";
import type { Loss } from "./loss.js";

/**
 * A row's loss is the mean over its outputs of (output − target)². Its mean over a mini-batch is PyTorch's `MSELoss`; the sum over the
 * mini-batch still takes the mean over a row's outputs.
 */
export class MeanSquaredError implements Loss {
	readonly truth = "targets";
	readonly totals: Block<Float64Array>;

	constructor(
		private readonly kernels: Kernels,
		private readonly outputs: Activation,
		arena: Arena,
	) {
		this.totals = arena.doubles(2);
		this.totals.view[1] = Number.NaN; // nothing is classified
	}

	evaluate(rows: number, targets: Pointer): void {
		this.#run(rows, targets, 0, 1);
	}

	differentiate(rows: number, targets: Pointer, divisor: number): void {
		this.#run(rows, targets, this.outputs.gradient, divisor);
	}

	operation(): LossOperation {
		return { kind: "mean-squared-error", outputs: this.outputs, totals: this.totals.pointer };
	}

	#run(rows: number, targets: Pointer, gradient: Pointer, divisor: number): void {
		const { values, stride, width } = this.outputs;
		this.kernels.squaredError(values, stride, targets, rows, width, gradient, divisor, this.totals.pointer);
	}
}
