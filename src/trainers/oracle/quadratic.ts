import type { Rng } from "../../core/rng.js";
import type { Quadratic } from "../../data/oracles/quadratic.js";
import { restoredRng } from "../../data/sampler.js";
import type { SetMetrics } from "../machinery.js";
import type { Batches, NextExample, Oracle } from "./oracle.js";

/**
 * The noisy quadratic as a workload. The mean of B gradients Hx + ε_j, ε_j ~ N(0, C), is Hx + ε with ε ~ N(0, C/B), so a mini-batch takes
 * one normal draw a weight however large it is. Its loss is ½xᵀHx + εᵀx; a look gives the expected loss ½xᵀHx itself. There is nothing held
 * out, and no accuracy.
 */
export class QuadraticOracle implements Oracle {
	readonly dimensions: number;

	constructor(private readonly problem: Quadratic) {
		this.dimensions = problem.curvatures.length;
	}

	batches(batchSize: number, rng: Rng): Batches {
		const batch = { loss: 0, accuracy: null, count: batchSize };
		let generator = rng;
		let draw = this.#gradients(batchSize, generator);
		return {
			next: (weights, gradient, size) => {
				if (size !== batch.count) draw = this.#gradients(size, generator);
				batch.count = size;
				batch.loss = draw(weights, gradient);
				return batch;
			},
			save: () => ({ batches: generator.save() }),
			restore: (saved) => {
				generator = restoredRng(saved);
				draw = this.#gradients(batch.count, generator);
			},
		};
	}

	examples(rng: Rng): NextExample {
		return this.#gradients(1, rng);
	}

	evaluate(set: "train" | "validation" | "test", weights: Float64Array): SetMetrics | null {
		if (set !== "train") return null;
		let loss = 0;
		for (let i = 0; i < weights.length; i++) loss += 0.5 * this.problem.curvatures[i] * weights[i] * weights[i];
		return { loss, accuracy: null };
	}

	/** Draws a mean gradient, writes it out, and returns the mean loss of the same examples. */
	#gradients(batchSize: number, rng: Rng): (weights: Float64Array, gradient: Float64Array) => number {
		const { curvatures, variances } = this.problem;
		const deviations = variances.map((variance) => Math.sqrt(variance / batchSize));
		return (weights, gradient) => {
			let loss = 0;
			for (let i = 0; i < weights.length; i++) {
				const slope = curvatures[i] * weights[i];
				const noise = deviations[i] * rng.normal();
				gradient[i] = slope + noise;
				loss += weights[i] * (0.5 * slope + noise);
			}
			return loss;
		};
	}
}
