import type { Rng } from "../../core/rng.js";
import type { Activation } from "../activation.js";
import { drawWeights } from "../init.js";
import type { GradientSink, Kernels } from "../kernels.js";
import type { Init } from "../network-spec.js";
import type { LayerOperation } from "../operation.js";
import type { ParameterSlice } from "../parameters.js";
import type { Layer, RowNorms } from "./layer.js";

/** Parameters of a dense layer: a weight for each pair, a bias for each unit. */
export const denseParameterCount = (inputs: number, units: number): number => inputs * units + units;

/**
 * y = x·W + b, with W inputs × units, row-major, then b.
 *
 * A ReLU behind it costs nothing when done on the way out (`rectify`); going back, it is the next dense layer that stops the gradient where
 * its input was not positive (`rectified`).
 */
export class Dense implements Layer {
	readonly perExampleNorms = "defined";

	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		private readonly slice: ParameterSlice,
		private readonly options: { readonly init: Init; readonly rectify: boolean; readonly rectified: boolean },
	) {}

	initialize(rng: Rng): void {
		const weights = this.slice.view.subarray(0, this.input.width * this.output.width);
		drawWeights(weights, this.input.width, this.output.width, this.options.init, rng);
		this.slice.view.fill(0, weights.length);
	}

	forward(rows: number): void {
		const { input, output, slice } = this;
		this.kernels.denseForward(
			input.values,
			input.stride,
			slice.parameters,
			slice.parameters + 4 * input.width * output.width,
			output.values,
			output.stride,
			rows,
			input.width,
			output.width,
			this.options.rectify,
		);
	}

	backward(rows: number, sink: GradientSink, norms: RowNorms | null): void {
		const { input, output, slice } = this;
		this.kernels.denseBackward(
			input.values,
			input.stride,
			output.gradient,
			output.stride,
			slice.parameters,
			input.gradient,
			this.options.rectified,
			slice.gradients,
			slice.gradients + 4 * input.width * output.width,
			rows,
			input.width,
			output.width,
			sink,
			norms === null ? 0 : norms.at,
			norms === null ? 0 : norms.divisor,
		);
	}

	operation(): LayerOperation {
		const { input, output, slice, options } = this;
		const { parameters, gradients } = slice;
		return { kind: "dense", input, output, dense: { parameters, gradients, rectify: options.rectify, rectified: options.rectified } };
	}
}
