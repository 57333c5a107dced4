import type { Arena, Block } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { OptimizerOperation } from "../operation.js";
import type { Parameters } from "../parameters.js";
import type { Optimizer, Retuned } from "./optimizer.js";
import { type AdamSpec, beta2Of, effectiveDecay } from "./spec.js";

/** Where the kernel finds what. */
const place = { rate: 0, beta1: 1, rest1: 2, beta2: 3, rest2: 4, root: 5, epsilon: 6, coupled: 7, kept: 8 } as const;

/** Kept in double precision, in the engine's memory: what computes steps elsewhere reads them. */
const number = { beta1: 0, beta2: 1, weightDecay: 2, rate: 3 } as const;

/**
 * Adam, with weight decay λ coupled (adam) or decoupled (adamw):
 *
 *     adam:  g ← g + λ·w        adamw:  w ← w − ηλ·w
 *     m ← β₁·m + (1 − β₁)·g      v ← β₂·v + (1 − β₂)·g²
 *     w ← w − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)        t = 1 at the first step
 *
 * as PyTorch's `Adam` and `AdamW` have it. A retuned momentum is β₁; a β₂ that is given by its half-life is that of steps of one example
 * until it is retuned. Source: Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019, algorithm 2, whose decay isn't multiplied by the
 * learning rate but by its schedule alone.
 */
export class Adam implements Optimizer {
	readonly fused = false;
	/** Means of gradients and of squares; β₁ᵗ and β₂ᵗ after t steps. */
	readonly state: readonly [Block<Float32Array>, Block<Float32Array>, Block<Float64Array>];
	readonly #settings: Block<Float32Array>;
	readonly #numbers: Block<Float64Array>;
	readonly #decoupled: boolean;

	constructor(
		private readonly kernels: Kernels,
		private readonly parameters: Parameters,
		spec: AdamSpec,
		arena: Arena,
	) {
		const { name, beta1, epsilon, weightDecay = 0 } = spec;
		this.state = [arena.floats(parameters.count), arena.floats(parameters.count), arena.doubles(2)];
		this.#settings = arena.floats(9);
		this.#numbers = arena.doubles(4);
		this.#decoupled = name === "adamw";
		const { view } = this.#settings;
		view[place.epsilon] = epsilon;
		this.retune({ momentum: beta1, weightDecay, beta2: beta2Of(spec, 1) });
		this.reset();
	}

	retune({ momentum, weightDecay, beta2 }: Retuned): void {
		const { view } = this.#settings;
		const numbers = this.#numbers.view;
		if (beta2 !== undefined) {
			numbers[number.beta2] = beta2;
			view[place.beta2] = beta2;
			view[place.rest2] = 1 - beta2;
		}
		if (momentum !== undefined) {
			numbers[number.beta1] = momentum;
			view[place.beta1] = momentum;
			view[place.rest1] = 1 - momentum;
		}
		if (weightDecay !== undefined) numbers[number.weightDecay] = effectiveDecay(weightDecay);
		view[place.coupled] = this.#decoupled ? 0 : numbers[number.weightDecay];
	}

	reset(): void {
		const [means, squares, powers] = this.state;
		means.view.fill(0);
		squares.view.fill(0);
		powers.view.fill(1);
	}

	begin(learningRate: number): void {
		const numbers = this.#numbers.view;
		numbers[number.rate] = learningRate;
		this.#settings.view[place.kept] = this.#decoupled ? 1 - learningRate * numbers[number.weightDecay] : 1;
	}

	update(): void {
		const [means, squares, powers] = this.state;
		const power = powers.view;
		const settings = this.#settings.view;
		const numbers = this.#numbers.view;
		power[0] *= numbers[number.beta1];
		power[1] *= numbers[number.beta2];
		settings[place.rate] = numbers[number.rate] / (1 - power[0]);
		settings[place.root] = Math.sqrt(1 - power[1]);
		const { values, gradients, count } = this.parameters;
		this.kernels.adam(this.#settings.pointer, values.pointer, gradients.pointer, means.pointer, squares.pointer, count);
	}

	operation(): OptimizerOperation {
		const { values, gradients, count } = this.parameters;
		const [means, squares, powers] = this.state;
		const state = { means: means.pointer, squares: squares.pointer, powers: powers.pointer, numbers: this.#numbers.pointer };
		const kind = this.#decoupled ? "adamw" : "adam";
		return { kind, settings: this.#settings.pointer, parameters: values.pointer, gradients: gradients.pointer, count, ...state };
	}
}
