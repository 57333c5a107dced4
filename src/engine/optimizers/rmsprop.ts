import type { Arena, Block } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { OptimizerOperation } from "../operation.js";
import type { Parameters } from "../parameters.js";
import type { Optimizer, Retuned } from "./optimizer.js";
import { effectiveDecay, type RmspropSpec } from "./spec.js";

/** Where the kernel finds what. */
const place = { rate: 0, momentum: 1, decay: 2, smoothing: 3, rest: 4, epsilon: 5 } as const;

/**
 * RMSProp with smoothing α, momentum μ and coupled weight decay λ:
 *
 *     g ← g + λ·w      s ← α·s + (1 − α)·g²      v ← μ·v + g/(√s + ε)      w ← w − η·v
 *
 * as PyTorch's `RMSprop` has it (not centred). Source: Tieleman & Hinton 2012, lecture 6.5, whose √ holds no ε.
 */
export class Rmsprop implements Optimizer {
	readonly fused = false;
	readonly state: readonly [Block<Float32Array>, Block<Float32Array>];
	readonly #settings: Block<Float32Array>;

	constructor(
		private readonly kernels: Kernels,
		private readonly parameters: Parameters,
		{ momentum, weightDecay = 0, smoothing, epsilon }: RmspropSpec,
		arena: Arena,
	) {
		this.state = [arena.floats(parameters.count), arena.floats(parameters.count)];
		this.#settings = arena.floats(6);
		const { view } = this.#settings;
		view[place.smoothing] = smoothing;
		view[place.rest] = 1 - smoothing;
		view[place.epsilon] = epsilon;
		this.retune({ momentum, weightDecay });
	}

	retune({ momentum, weightDecay }: Retuned): void {
		const { view } = this.#settings;
		if (momentum !== undefined) view[place.momentum] = momentum;
		if (weightDecay !== undefined) view[place.decay] = effectiveDecay(weightDecay);
	}

	reset(): void {
		for (const block of this.state) block.view.fill(0);
	}

	begin(learningRate: number): void {
		this.#settings.view[place.rate] = learningRate;
	}

	update(): void {
		const { values, gradients, count } = this.parameters;
		const [velocity, squares] = this.state;
		this.kernels.rmsprop(this.#settings.pointer, values.pointer, gradients.pointer, velocity.pointer, squares.pointer, count);
	}

	operation(): OptimizerOperation {
		const { values, gradients, count } = this.parameters;
		const [velocity, squares] = this.state;
		const state = { means: velocity.pointer, squares: squares.pointer };
		return { kind: "rmsprop", settings: this.#settings.pointer, parameters: values.pointer, gradients: gradients.pointer, count, ...state };
	}
}
