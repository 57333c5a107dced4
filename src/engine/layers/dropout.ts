import type { Rng } from "../../core/rng.js";
import type { Activation } from "../activation.js";
import { floatBits } from "../float-bits.js";
import type { Kernels, Pointer } from "../kernels.js";
import type { StateSlice } from "../layer-state.js";
import type { Layer } from "./layer.js";

/** Words of the four generators that draw the masks of four neighbours at once. */
export const dropoutStateWords = 16;

/**
 * In training each element is 0 with probability `rate`, else divided by 1 − rate, so that its mean stays; otherwise y = x. Given its mask,
 * an example's gradient is its own.
 *
 * Source: Srivastava et al. 2014, in the "inverted" form, as PyTorch has it.
 */
export class Dropout implements Layer {
	readonly perExampleNorms = "defined"; // there are no parameters, so nothing is added
	readonly #threshold: number;
	readonly #scale: number;

	/** `start`: bytes enough for a copy of the state. */
	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		private readonly state: StateSlice,
		private readonly start: Pointer,
		rate: number,
	) {
		this.#threshold = Math.round(rate * 2 ** 32) | 0;
		this.#scale = floatBits(1 / (1 - rate));
	}

	initialize(rng: Rng): void {
		const words = this.state.view;
		for (let i = 0; i < words.length; i++) words[i] = rng.uint32();
	}

	forward(rows: number, training: boolean): void {
		const { kernels, input, output } = this;
		const { state, start } = this;
		if (training)
			kernels.dropoutForward(input.values, output.values, input.stride, rows, state.pointer, start, this.#threshold, this.#scale);
		else kernels.copy(input.values, output.values, rows * input.stride);
	}

	backward(rows: number): void {
		const { kernels, input, output } = this;
		if (input.gradient !== 0)
			kernels.dropoutBackward(output.gradient, input.gradient, input.stride, rows, this.start, this.#threshold, this.#scale);
	}
}
