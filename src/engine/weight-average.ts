import type { Arena, Block, State } from "./arena.js";
import type { Kernels } from "./kernels.js";
import type { Network } from "./network.js";

/**
 * The weight of step t, from 1, in the average. It is 1 at the first step; at a share of 1 it is 1/t, which is the mean over all steps.
 */
export const weightOfStep = (share: number, t: number): number => 1 / (1 + share * (t - 1));

/**
 * The average of a network's parameters over about the last `share` of the steps so far, of a run of any length:
 *
 *     w̄₁ = w₁      w̄ₜ = w̄ₜ₋₁ + cₜ(wₜ − w̄ₜ₋₁)      cₜ = 1/(1 + f(t − 1))
 *
 * Polynomial-decay averaging with η = 1/f − 1: step s counts in proportion to about s^η, so that half of the weight lies in the last
 * 1 − 2^(−f) of the steps. It needs no planned end, and early steps are forgotten. f = 1 is the mean over all steps.
 * Source: Shamir & Zhang 2013, equation 4, where cₜ = (η + 1)/(t + η).
 *
 * Training itself is the same to the bit. Costs memory for another copy of the parameters, and a pass over both after each step.
 */
export class WeightAverage {
	readonly #mean: Block<Float32Array>;
	readonly #steps: Block<Int32Array>;

	constructor(
		private readonly network: Network,
		private readonly kernels: Kernels,
		private readonly share: number,
		arena: Arena,
	) {
		this.#mean = arena.floats(network.parameterCount);
		this.#steps = arena.integers(1);
	}

	/** The average itself, and the number of steps in it: to save and to put back. */
	get state(): readonly State[] {
		return [this.#mean, this.#steps];
	}

	/** Begins a trial, at the network's parameters. */
	begin(): void {
		this.#mean.view.set(this.network.parameters);
		this.#steps.view[0] = 0;
	}

	/** After a step: takes the new parameters in. */
	follow(): void {
		const steps = this.#steps.view;
		steps[0]++;
		const { network } = this;
		this.kernels.follow(this.#mean.pointer, network.block.values.pointer, network.parameterCount, weightOfStep(this.share, steps[0]));
	}

	/** What `read` returns while the network has the averaged parameters in place of its own. It must not train. */
	during<T>(read: () => T): T {
		this.#exchange();
		try {
			return read();
		} finally {
			this.#exchange();
		}
	}

	#exchange(): void {
		this.kernels.exchange(this.#mean.pointer, this.network.block.values.pointer, this.network.parameterCount);
	}
}
