import type { Arena, Block } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { OptimizerOperation } from "../operation.js";
import type { Parameters } from "../parameters.js";
import type { Optimizer, Retuned } from "./optimizer.js";
import { effectiveDecay, type SgdSpec } from "./spec.js";

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
	readonly fused = true;
	readonly state: readonly [Block<Float32Array>];
	#momentum: number;
	#weightDecay: number;

	constructor(
		private readonly kernels: Kernels,
		private readonly parameters: Parameters,
		{ momentum, weightDecay = 0 }: Pick<SgdSpec, "momentum" | "weightDecay">,
		arena: Arena,
	) {
		this.state = [arena.floats(parameters.count)];
		this.#momentum = momentum;
		this.#weightDecay = effectiveDecay(weightDecay);
	}

	retune({ momentum = this.#momentum, weightDecay = this.#weightDecay }: Retuned): void {
		this.#momentum = momentum;
		this.#weightDecay = effectiveDecay(weightDecay);
	}

	reset(): void {
		this.state[0].view.fill(0);
	}

	begin(learningRate: number): void {
		const { gradients, values } = this.parameters;
		this.kernels.setDescent(
			this.state[0].pointer - gradients.pointer,
			values.pointer - gradients.pointer,
			learningRate,
			this.#momentum,
			this.#weightDecay,
		);
	}

	update(): void {
		this.kernels.update(this.parameters.gradients.pointer, this.parameters.count);
	}

	operation(): OptimizerOperation {
		const { values, gradients, count } = this.parameters;
		return { kind: "sgd", settings: 0, parameters: values.pointer, gradients: gradients.pointer, count, means: this.state[0].pointer };
	}
}
