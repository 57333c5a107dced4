import type { Activation } from "../activation.js";
import type { Arena } from "../arena.js";
import type { Kernels, Pointer } from "../kernels.js";
import type { Layer } from "./layer.js";
import { placeWindows, type Windows } from "./windows.js";

/** The largest element of each window, channel by channel. Its gradient goes to the first of the largest. */
export class MaxPooling implements Layer {
	readonly perExampleNorms = "defined"; // there are no parameters, so nothing is added
	readonly #geometry: Pointer;

	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		windows: Windows,
		arena: Arena,
	) {
		this.#geometry = placeWindows(arena, windows);
	}

	initialize(): void {}

	forward(rows: number): void {
		const { input, output } = this;
		this.kernels.maxPoolForward(input.values, input.stride, output.values, output.stride, rows, this.#geometry);
	}

	backward(rows: number): void {
		const { kernels, input, output } = this;
		if (input.gradient === 0) return;
		const { values, stride, gradient } = output;
		kernels.maxPoolBackward(input.values, input.stride, values, stride, gradient, input.gradient, rows, this.#geometry);
	}
}

/** The mean of each window, channel by channel. Over the whole image: global average pooling. */
export class AveragePooling implements Layer {
	readonly perExampleNorms = "defined"; // there are no parameters, so nothing is added
	readonly #geometry: Pointer;

	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		windows: Windows,
		arena: Arena,
	) {
		this.#geometry = placeWindows(arena, windows);
	}

	initialize(): void {}

	forward(rows: number): void {
		const { input, output } = this;
		this.kernels.averagePoolForward(input.values, input.stride, output.values, output.stride, rows, this.#geometry);
	}

	backward(rows: number): void {
		const { input, output } = this;
		if (input.gradient !== 0)
			this.kernels.averagePoolBackward(output.gradient, output.stride, input.gradient, input.stride, rows, this.#geometry);
	}
}
