import type { Rng } from "../../core/rng.js";
import type { Activation } from "../activation.js";
import type { Arena } from "../arena.js";
import { drawWeights } from "../init.js";
import type { GradientSink, Kernels, Pointer } from "../kernels.js";
import type { Init } from "../network-spec.js";
import type { ParameterSlice } from "../parameters.js";
import type { Layer, RowNorms } from "./layer.js";
import { placeWindows, type Windows } from "./windows.js";

/** Parameters of a convolution: each filter has a weight for each channel of each pixel of the window, and a bias. */
export const convolutionParameterCount = (size: number, channels: number, filters: number): number =>
	(size * size * channels + 1) * filters;

/**
 * Each filter's output at each place of the window: the sum of the window's elements times the filter's weights, plus its bias. As
 * everywhere in machine learning, a cross-correlation: the window isn't turned.
 *
 * Weights are windowHeight × windowWidth × channels × filters, row-major, then biases. Example by example, the image is unfolded into a
 * matrix of patches, which fits a processor's cache, and multiplied, unless there is a shorter way to the same bits. A ReLU behind it is
 * done on the way.
 */
export class Convolution implements Layer {
	readonly perExampleNorms = "defined";
	readonly #geometry: Pointer;
	readonly #filters: number;
	readonly #scratch: Pointer;

	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		private readonly slice: ParameterSlice,
		private readonly windows: Windows,
		private readonly options: { readonly init: Init; readonly rectify: boolean },
		arena: Arena,
	) {
		this.#geometry = placeWindows(arena, windows);
		this.#filters = windows.output.channels;
		this.#scratch = arena.allocate(kernels.convolutionScratch(this.#geometry, this.#filters));
	}

	initialize(rng: Rng): void {
		const { windowHeight, windowWidth, input, output } = this.windows;
		const places = windowHeight * windowWidth;
		const weights = this.slice.view.subarray(0, places * input.channels * output.channels);
		drawWeights(weights, places * input.channels, places * output.channels, this.options.init, rng);
		this.slice.view.fill(0, weights.length);
	}

	forward(rows: number): void {
		const { input, output, slice } = this;
		this.kernels.convolutionForward(
			input.values,
			input.stride,
			slice.parameters,
			slice.parameters + 4 * this.#weights,
			output.values,
			output.stride,
			rows,
			this.#geometry,
			this.#filters,
			this.#scratch,
			this.options.rectify,
		);
	}

	backward(rows: number, sink: GradientSink, norms: RowNorms | null): void {
		const { input, output, slice } = this;
		this.kernels.convolutionBackward(
			input.values,
			input.stride,
			output.gradient,
			this.options.rectify ? output.values : 0,
			output.stride,
			slice.parameters,
			input.gradient,
			slice.gradients,
			rows,
			this.#geometry,
			this.#filters,
			this.#scratch,
			sink,
			norms === null ? 0 : norms.at,
			norms === null ? 0 : norms.divisor,
		);
	}

	get #weights(): number {
		const { windowHeight, windowWidth, input } = this.windows;
		return windowHeight * windowWidth * input.channels * this.#filters;
	}
}
