import type { Activation } from "../activation.js";
import type { Kernels } from "../kernels.js";
import type { Layer } from "./layer.js";

/** y = max(x, 0), its derivative at 0 taken as 0. Only where no dense layers stand around it that do it on their way. */
export class Relu implements Layer {
	readonly perExampleNorms = "defined"; // there are no parameters, so nothing is added

	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
	) {}

	initialize(): void {}

	forward(rows: number): void {
		this.kernels.reluForward(this.input.values, this.output.values, rows * this.input.stride);
	}

	backward(rows: number): void {
		const { input, output } = this;
		if (input.gradient !== 0) this.kernels.reluBackward(input.values, output.gradient, input.gradient, rows * input.stride);
	}
}
