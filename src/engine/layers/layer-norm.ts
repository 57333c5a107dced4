import type { Activation } from "../activation.js";
import type { Arena } from "../arena.js";
import type { GradientSink, Kernels, Pointer } from "../kernels.js";
import type { ParameterSlice } from "../parameters.js";
import type { Layer, RowNorms } from "./layer.js";

/**
 * y = γ·(x − mean)/√(variance + 10⁻⁵) + β with mean and variance over all features of the example, and a γ (from 1) and a β (from 0) for
 * each.
 *
 * Source: Ba et al. 2016; PyTorch's `LayerNorm` over the whole shape of an example.
 */
export class LayerNorm implements Layer {
	readonly perExampleNorms = "defined";
	readonly #saved: Pointer;

	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		private readonly slice: ParameterSlice,
		rows: number,
		arena: Arena,
	) {
		this.#saved = arena.allocate(8 * rows);
	}

	initialize(): void {
		this.slice.view.fill(1, 0, this.input.width).fill(0, this.input.width);
	}

	forward(rows: number): void {
		const { input, output, slice } = this;
		this.kernels.layerNormForward(input.values, output.values, input.stride, rows, input.width, slice.parameters, this.#saved);
	}

	backward(rows: number, sink: GradientSink, norms: RowNorms | null): void {
		const { input, output, slice } = this;
		this.kernels.layerNormBackward(
			input.values,
			output.gradient,
			input.gradient,
			input.stride,
			rows,
			input.width,
			slice.parameters,
			slice.gradients,
			this.#saved,
			sink,
			norms === null ? 0 : norms.at,
			norms === null ? 0 : norms.divisor,
		);
	}
}
