import type { Activation } from "../activation.js";
import type { Arena } from "../arena.js";
import { floatBits } from "../float-bits.js";
import type { GradientSink, Kernels, Pointer } from "../kernels.js";
import type { StateSlice } from "../layer-state.js";
import type { ParameterSlice } from "../parameters.js";
import type { Shape } from "../shapes.js";
import type { Layer } from "./layer.js";

/**
 * y = γ·(x − mean)/√(variance + 10⁻⁵) + β for each channel, with a γ (from 1) and a β (from 0) of its own. In training, mean and variance
 * are those of the mini-batch, over all pixels; with ghost batches those of every `group` neighbours in it, for mini-batches of any size.
 * The running mean (from 0) and variance (from 1) follow them by a tenth each time, and take their place in evaluation.
 *
 * A group of a single number has no variance: it is normalized as in evaluation, and leaves the running statistics as they are.
 *
 * Source: Ioffe & Szegedy 2015, as PyTorch has it; ghost batches: Hoffer et al. 2017, algorithm 1.
 */
export class BatchNorm implements Layer {
	readonly perExampleNorms = "not defined";
	readonly #pixels: number;
	readonly #channels: number;
	readonly #saved: Pointer;

	/** `group`: examples that are normalized together; `rows`, of which there are at most, for all. */
	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		private readonly slice: ParameterSlice,
		private readonly state: StateSlice,
		{ height, width, channels }: Shape,
		private readonly group: number,
		rows: number,
		arena: Arena,
	) {
		this.#pixels = height * width;
		this.#channels = channels;
		this.#saved = arena.allocate(Math.ceil(rows / group) * 2 * Math.ceil(channels / 4) * 16);
	}

	initialize(): void {
		this.slice.view.fill(1, 0, this.#channels).fill(0, this.#channels);
		this.state.view.fill(0, 0, this.#channels).fill(floatBits(1), this.#channels);
	}

	forward(rows: number, training: boolean): void {
		const { input, output, slice, state } = this;
		this.kernels.batchNormForward(
			input.values,
			output.values,
			input.stride,
			rows,
			this.#pixels,
			this.#channels,
			this.group,
			slice.parameters,
			state.pointer,
			this.#saved,
			training,
		);
	}

	backward(rows: number, sink: GradientSink): void {
		const { input, output, slice } = this;
		this.kernels.batchNormBackward(
			input.values,
			output.gradient,
			input.gradient,
			input.stride,
			rows,
			this.#pixels,
			this.#channels,
			this.group,
			slice.parameters,
			slice.gradients,
			this.#saved,
			sink,
		);
	}
}
