import { exp, log } from "../core/numerics.js";
import type { Rng } from "../core/rng.js";
import type { Arena, Block, State } from "./arena.js";
import type { Kernels } from "./kernels.js";
import type { Parameters } from "./parameters.js";

/** How much noise: variance/(1 + t)^decay at step t, from 0. */
export interface GradientNoiseSpec {
	/** η > 0. Theirs are 0.01, 0.3 and 1. */
	readonly variance: number;
	/** γ ≥ 0. Theirs is 0.55; 0 keeps the variance constant. */
	readonly decay: number;
}

/** σ_t, t steps after the first. Exact operations only. */
export const noiseDeviation = ({ variance, decay }: GradientNoiseSpec, t: number): number => Math.sqrt(variance * exp(-decay * log(1 + t)));

/**
 * Normal noise added to every element of the gradient, with mean 0 and a variance that falls from step to step:
 *
 *     g ← g + N(0, σ_t²)      σ_t² = η/(1 + t)^γ
 *
 * Source: Neelakantan et al. 2015, equations 1 and 2. Costs a normal draw for each parameter and step, made in the kernel.
 */
export class GradientNoise {
	/** The generators (see kernels/noise.ts), and the number of steps taken. */
	readonly state: readonly State[];
	readonly #generators: Block<Int32Array>;
	readonly #steps: Block<Int32Array>;
	readonly #deviation: Block<Float32Array>;

	constructor(
		private readonly kernels: Kernels,
		private readonly parameters: Parameters,
		private readonly spec: GradientNoiseSpec,
		arena: Arena,
	) {
		this.#generators = arena.integers(16);
		this.#steps = arena.integers(1);
		this.#deviation = arena.floats(1);
		this.state = [this.#generators, this.#steps];
	}

	/** Begins a trial: all its noise is a function of `rng`'s next draws. */
	begin(rng: Rng): void {
		const words = this.#generators.view;
		for (let i = 0; i < words.length; i++) words[i] = rng.uint32();
		for (let lane = 0; lane < 4; lane++) words[12 + lane] |= 1; // xoshiro's one forbidden state is 0
		this.#steps.view[0] = 0;
	}

	/** Adds one step's noise to what stands in the gradient block. */
	add(): void {
		const steps = this.#steps.view;
		// Only where it falls: V8 allocates a number or two on the way through exp and log.
		if (steps[0] === 0 || this.spec.decay > 0) this.#deviation.view[0] = noiseDeviation(this.spec, steps[0]);
		steps[0]++;
		const { gradients, count } = this.parameters;
		this.kernels.addNormals(gradients.pointer, count, this.#generators.pointer, this.#deviation.pointer);
	}
}
