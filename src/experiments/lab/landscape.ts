import type { Rng } from "../../core/rng.js";
import type { Engine } from "../../engine/engine.js";
import type { ExampleSet } from "../../engine/example-set.js";
import type { FullGradient } from "../../engine/full-gradient.js";
import type { Hessian } from "../../engine/hessian/hessian.js";
import { largestEigenvalue } from "../../engine/hessian/largest-eigenvalue.js";
import type { Network } from "../../engine/network.js";
import { boxSharpness } from "../../engine/sharpness.js";

/** How steeply the training loss rises around some weights. */
export interface Curvature {
	/** Keskar's, 100·(max − L)/(1 + L) within |Δw| ≤ ε(|w| + 1). */
	readonly sharpness: number;
	/** What of it the gradient alone would give, 100·Σ ε(|w| + 1)|∇L|/(1 + L): slope, not curvature. */
	readonly slope: number;
	/** The largest eigenvalue of the Hessian. */
	readonly eigenvalue: number;
}

/** ε of Keskar et al. 2017, table 3. */
const epsilon = 1e-3;

/** The mean loss over (the first examples of) the training set, as a function of a network's weights. */
export class Landscape {
	readonly #full: FullGradient;
	readonly #hessian: Hessian;

	constructor(
		engine: Engine,
		private readonly network: Network,
		private readonly trainingSet: ExampleSet,
	) {
		this.#full = engine.fullGradient(network);
		this.#hessian = engine.hessian(network);
	}

	/** At the present weights, over the first `examples`; `rng` draws where the searches begin. Moves nothing. */
	curvature(examples: number, rng: Rng): Curvature {
		const set = { ...this.trainingSet, count: Math.min(examples, this.trainingSet.count) };
		const weights = this.network.parameters.slice();
		const { loss, gradient } = this.#full.of(set);
		const first = gradient.reduce((sum, g, i) => sum + epsilon * (Math.abs(weights[i]) + 1) * Math.abs(g), 0);
		const multiply = (vector: Float64Array) => this.#hessian.times(set, vector).product;
		const eigenvalue = largestEigenvalue(multiply, weights.length, rng.split("eigenvalue")).value;
		const displacedBy = (displacement: Float64Array) => {
			this.network.parameters.set(weights.map((weight, i) => weight + displacement[i]));
			return this.#full.of(set);
		};
		const { sharpness } = boxSharpness(displacedBy, weights, rng.split("sharpness"), { epsilon });
		this.network.parameters.set(weights);
		return { sharpness, slope: (100 * first) / (1 + loss), eigenvalue };
	}
}
