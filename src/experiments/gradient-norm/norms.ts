import type { GradientMoments } from "../../analysis/noise-scale.js";
import { Rng } from "../../core/rng.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";

/** Gradient norms of many batches of one size, at the same weights, averaged over the batch. */
export interface NormsOfSize {
	readonly batchSize: number;
	/** Mean of |∇|. */
	readonly mean: number;
	/** Standard deviation of |∇| from batch to batch; 0 for the full batch, of which there is but one. */
	readonly deviation: number;
	/** Mean of |∇|². */
	readonly meanSquare: number;
}

/** What was measured at the weights of one run after some epochs. */
export interface Norms {
	readonly epochs: number;
	/** |G|² and tr(Σ), exact, at the same weights. */
	readonly moments: GradientMoments;
	readonly sizes: readonly NormsOfSize[];
}

export interface NormsTask {
	readonly kind: "norms";
	readonly workload: NetworkWorkload;
	readonly training: { readonly batchSize: number; readonly learningRate: number };
	readonly epochs: number;
	readonly batchSizes: readonly number[];
	readonly batches: number;
	readonly seed: number;
}

/** Trains for some epochs, then draws `batches` batches of each size at the weights it has reached. */
export async function measureNorms({ workload, training, epochs, batchSizes, batches, seed }: NormsTask, tools: Tools): Promise<Norms> {
	const lab = await Laboratory.open(workload, tools);
	lab.begin(training.batchSize, seed);
	const steps = epochs * Math.ceil(lab.examples / training.batchSize);
	for (let step = 0; step < steps; step++) lab.step(training.learningRate);
	const rng = Rng.fromSeed(seed).split("gradient norms").split(epochs);
	return {
		epochs,
		moments: lab.gradientMoments(),
		sizes: batchSizes.map((batchSize) => {
			// The full batch is the same each time it is drawn.
			const norms = lab.gradientNorms(batchSize, batchSize === lab.examples ? 1 : batches, rng.split(batchSize));
			return { batchSize, ...summaryOf(norms) };
		}),
	};
}

/** Mean, standard deviation (divisor n − 1) and mean square of norms. */
export function summaryOf(norms: readonly number[]): Omit<NormsOfSize, "batchSize"> {
	const mean = norms.reduce((sum, norm) => sum + norm, 0) / norms.length;
	const squares = norms.reduce((sum, norm) => sum + (norm - mean) ** 2, 0);
	return {
		mean,
		deviation: norms.length > 1 ? Math.sqrt(squares / (norms.length - 1)) : 0,
		meanSquare: norms.reduce((sum, norm) => sum + norm * norm, 0) / norms.length,
	};
}

/**
 * E|G_B|² of the mean over B examples drawn without replacement from N. Each has mean G, and the mean of B of them the covariance
 * (1/B − 1/N)·Σ, Σ with divisor N − 1; so E|G_B|² = |G|² + (1/B − 1/N)·tr(Σ). Of their sum it is B² times as much.
 */
export const expectedSquare = ({ signal, variance }: GradientMoments, batchSize: number, examples: number): number =>
	signal + (1 / batchSize - 1 / examples) * variance;
