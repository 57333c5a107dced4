import type { Rng } from "../../core/rng.js";
import { lookIndices } from "../../data/look-sets.js";
import type { LinearExamples, LinearProblem } from "../../data/oracles/linear.js";
import type { Sampler } from "../../data/sampler.js";
import type { SetMetrics } from "../machinery.js";
import type { Link } from "./link.js";
import type { Batches, NextExample, Oracle } from "./oracle.js";

/**
 * A regularized linear model as a workload. Example i has the loss ℓ(z_i, y_i) + ½λ|w|², z_i = a_iᵀw, and so the gradient
 *
 *     g_i = ℓ′(z_i, y_i)·a_i + λw,
 *
 * ℓ′ the derivative in z. Losses are reported with the penalty, on either set: train.loss over the whole set is what the exact optimum is
 * the least of.
 */
export class LinearOracle implements Oracle {
	readonly dimensions: number;
	readonly #lookSets: Readonly<Record<"train" | "validation", Int32Array>>;

	/** `lookExamples`: look sets have at most so many examples. */
	constructor(
		private readonly problem: LinearProblem,
		private readonly link: Link,
		private readonly samplerOf: (batchSize: number, rng: Rng) => Sampler,
		lookExamples: number,
	) {
		this.dimensions = problem.dimensions;
		this.#lookSets = {
			train: lookIndices(problem.train.count, lookExamples),
			validation: lookIndices(problem.validation.count, lookExamples),
		};
	}

	batches(batchSize: number, rng: Rng): Batches {
		const sampler = this.samplerOf(batchSize, rng);
		const indices = new Int32Array(this.problem.train.count);
		const batch: { loss: number; accuracy: number | null; count: number } = { loss: 0, accuracy: null, count: 0 };
		return {
			next: (weights, gradient, size) => {
				batch.count = sampler.next(indices, size);
				const { loss, accuracy } = this.#over(this.problem.train, indices, batch.count, weights, gradient);
				batch.loss = loss;
				batch.accuracy = accuracy;
				return batch;
			},
			save: () => sampler.save(),
			restore: (saved) => sampler.restore(saved),
		};
	}

	examples(rng: Rng): NextExample {
		const order = Int32Array.from({ length: this.problem.train.count }, (_, i) => i);
		rng.shuffle(order);
		let place = 0;
		return (weights, gradient) => {
			this.#over(this.problem.train, order.subarray(place, ++place), 1, weights, gradient);
		};
	}

	evaluate(set: "train" | "validation" | "test", weights: Float64Array): SetMetrics | null {
		if (set === "test") return null;
		return this.#over(this.problem[set], this.#lookSets[set], this.#lookSets[set].length, weights, null);
	}

	/** Mean loss and accuracy of the first `count` of these examples, and their mean gradient where it is wanted. */
	#over(examples: LinearExamples, indices: Int32Array, count: number, weights: Float64Array, gradient: Float64Array | null): SetMetrics {
		const { link, dimensions } = this;
		const { penalty } = this.problem;
		const { features, targets } = examples;
		let loss = 0;
		let correct = 0;
		gradient?.fill(0);
		for (let k = 0; k < count; k++) {
			const at = indices[k] * dimensions;
			const target = targets[indices[k]];
			let score = 0;
			for (let j = 0; j < dimensions; j++) score += features[at + j] * weights[j];
			loss += link.loss(score, target);
			if (score * target > 0) correct++;
			if (!gradient) continue;
			const slope = link.slope(score, target);
			for (let j = 0; j < dimensions; j++) gradient[j] += slope * features[at + j];
		}
		let squares = 0;
		for (let j = 0; j < dimensions; j++) {
			squares += weights[j] * weights[j];
			if (gradient) gradient[j] = gradient[j] / count + penalty * weights[j];
		}
		return { loss: loss / count + 0.5 * penalty * squares, accuracy: link.classifies ? correct / count : null };
	}
}
