import type { Arena, Block } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { OptimizerOperation } from "../operation.js";
import type { Parameters } from "../parameters.js";
import type { Optimizer, Retuned } from "./optimizer.js";
import { effectiveDecay, type SgdSpec } from "./spec.js";

/** Where the kernel finds what. */
const place = { rate: 0, momentum: 1, decay: 2 } as const;

/**
 * Stochastic gradient descent with Nesterov's momentum μ and coupled weight decay λ:
 *
 *     g ← g + λ·w      v ← μ·v + g      w ← w − η·(g + μ·v)
 *
 * as PyTorch's `SGD(nesterov=True)` has it: the gradient is taken where the velocity is about to lead (Nesterov 1983; Sutskever et al.
 * 2013), and the parameters that are kept are those at that place.
 */
export class Nesterov implements Optimizer {
	readonly fused = false;
	readonly state: readonly [Block<Float32Array>];
	readonly #settings: Block<Float32Array>;

	constructor(
		private readonly kernels: Kernels,
		private readonly parameters: Parameters,
		{ momentum, weightDecay = 0 }: SgdSpec,
		arena: Arena,
	) {
		this.state = [arena.floats(parameters.count)];
		this.#settings = arena.floats(3);
		this.retune({ momentum, weightDecay });
	}

	retune({ momentum, weightDecay }: Retuned): void {
		const { view } = this.#settings;
		if (momentum !== undefined) view[place.momentum] = momentum;
		if (weightDecay !== undefined) view[place.decay] = effectiveDecay(weightDecay);
	}

	reset(): void {
		this.state[0].view.fill(0);
	}

	begin(learningRate: number): void {
		this.#settings.view[place.rate] = learningRate;
	}

	update(): void {
		const { values, gradients, count } = this.parameters;
		this.kernels.nesterov(this.#settings.pointer, values.pointer, gradients.pointer, this.state[0].pointer, count);
	}

	operation(): OptimizerOperation {
		const { values, gradients, count } = this.parameters;
		const settings = this.#settings.pointer;
		return { kind: "nesterov", settings, parameters: values.pointer, gradients: gradients.pointer, count, means: this.state[0].pointer };
	}
}
