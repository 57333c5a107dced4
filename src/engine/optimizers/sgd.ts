import type { Arena, Block } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { Parameters } from "../parameters.js";
import type { Optimizer, Retuned } from "./optimizer.js";

/** Stochastic gradient descent, as a study names it. */
export interface SgdSpec {
	/** μ in [0, 1). */
	readonly momentum: number;
	/** λ ≥ 0; 0 where absent. */
	readonly weightDecay?: number;
}

/**
 * A weight decay below 2⁻⁴⁶ counts as none: of a weight w it takes less than the rounding of w does, and λ·w could be denormal, which
 * WebAssembly is slow on (see kernels/epilogue.ts).
 */
const leastDecay = 2 ** -46;

/**
 * Stochastic gradient descent with momentum μ and coupled weight decay λ:
 *
 *     v ← μ·v + g + λ·w      w ← w − η·v
 *
 * as PyTorch's `SGD` has it (Sutskever et al. 2013 put η inside v, which differs when η changes). λ·w is the gradient of ½λ|w|², over all
 * parameters, biases among them; neither the loss nor the gradients that are measured hold it. A velocity below 2⁻⁸⁰ becomes zero: see
 * kernels/epilogue.ts for why.
 */
export class Sgd implements Optimizer {
	readonly #velocity: Block<Float32Array>;
	#momentum: number;
	#weightDecay: number;

	constructor(
		private readonly kernels: Kernels,
		private readonly parameters: Parameters,
		{ momentum, weightDecay = 0 }: SgdSpec,
		arena: Arena,
	) {
		this.#velocity = arena.floats(parameters.count);
		this.#momentum = momentum;
		this.#weightDecay = weightDecay;
	}

	retune({ momentum = this.#momentum, weightDecay = this.#weightDecay }: Retuned): void {
		this.#momentum = momentum;
		this.#weightDecay = weightDecay;
	}

	reset(): void {
		this.#velocity.view.fill(0);
	}

	begin(learningRate: number): void {
		const { gradients, values } = this.parameters;
		this.kernels.setDescent(
			this.#velocity.pointer - gradients.pointer,
			values.pointer - gradients.pointer,
			learningRate,
			this.#momentum,
			this.#weightDecay < leastDecay ? 0 : this.#weightDecay,
		);
	}

	update(): void {
		this.kernels.update(this.parameters.gradients.pointer, this.parameters.count);
	}
}
