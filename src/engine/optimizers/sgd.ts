import type { Arena, Block } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { Parameters } from "../parameters.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Stochastic gradient descent with momentum μ:
 *
 *     v ← μ·v + g      w ← w − η·v
 *
 * as PyTorch has it (Sutskever et al. 2013 put η inside v, which differs when η changes). A velocity below 2⁻⁸⁰ becomes zero: see
 * kernels/epilogue.ts for why.
 */
export class Sgd implements Optimizer {
	readonly #velocity: Block<Float32Array>;

	constructor(
		private readonly kernels: Kernels,
		private readonly parameters: Parameters,
		private readonly momentum: number,
		arena: Arena,
	) {
		this.#velocity = arena.floats(parameters.count);
	}

	reset(): void {
		this.#velocity.view.fill(0);
	}

	begin(learningRate: number): void {
		const { gradients, values } = this.parameters;
		this.kernels.setDescent(this.#velocity.pointer - gradients.pointer, values.pointer - gradients.pointer, learningRate, this.momentum);
	}

	update(): void {
		this.kernels.update(this.parameters.gradients.pointer, this.parameters.count);
	}
}
