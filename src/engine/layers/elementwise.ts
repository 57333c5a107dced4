import type { Activation } from "../activation.js";
import { floatBits } from "../float-bits.js";
import type { Kernels, Pointer } from "../kernels.js";
import type { LayerSpec } from "../network-spec.js";
import type { LayerOperation } from "../operation.js";
import type { Layer } from "./layer.js";

/** A function of each element alone. */
export type ElementwiseSpec = Extract<LayerSpec, { readonly kind: "relu" | "tanh" | "sigmoid" | "gelu" | "leaky-relu" }>;

/** y = f(x), element by element. The derivative of ReLU and leaky ReLU at 0 is taken from the left. */
export class Elementwise implements Layer {
	readonly perExampleNorms = "defined"; // there are no parameters, so nothing is added

	readonly #slope: number;

	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		private readonly spec: ElementwiseSpec,
	) {
		this.#slope = spec.kind === "leaky-relu" ? floatBits(spec.slope) : 0;
	}

	initialize(): void {}

	forward(rows: number): void {
		const { kernels, spec } = this;
		const { values: x, stride, width } = this.input;
		const y = this.output.values;
		const bytes = rows * stride;
		if (spec.kind === "relu") kernels.reluForward(x, y, bytes);
		else if (spec.kind === "tanh") kernels.tanhForward(x, y, bytes);
		else if (spec.kind === "gelu") kernels.geluForward(x, y, bytes);
		else if (spec.kind === "sigmoid") kernels.sigmoidForward(x, y, stride, rows, width);
		else kernels.leakyReluForward(x, y, bytes, this.#slope);
	}

	backward(rows: number): void {
		const { input, output } = this;
		if (input.gradient !== 0) this.#back(input.values, output.values, output.gradient, input.gradient, rows * input.stride);
	}

	operation(): LayerOperation {
		const { input, output, spec } = this;
		return { kind: spec.kind, input, output, ...(spec.kind === "leaky-relu" && { slope: spec.slope }) };
	}

	#back(x: Pointer, y: Pointer, dy: Pointer, dx: Pointer, bytes: number): void {
		const { kernels, spec } = this;
		if (spec.kind === "relu") kernels.reluBackward(x, dy, dx, bytes);
		else if (spec.kind === "tanh") kernels.tanhBackward(y, dy, dx, bytes);
		else if (spec.kind === "gelu") kernels.geluBackward(x, dy, dx, bytes);
		else if (spec.kind === "sigmoid") kernels.sigmoidBackward(y, dy, dx, bytes);
		else kernels.leakyReluBackward(x, dy, dx, bytes, this.#slope);
	}
}
