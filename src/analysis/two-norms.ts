import type { GradientNorms } from "../core/trial.js";
import type { GradientMoments } from "./noise-scale.js";

/**
 * What two batch sizes show at the same weights, both drawn without replacement from N examples:
 *
 *     variance = (|G_s|² − |G_b|²)/(1/B_s − 1/B_b)          signal = |G_b|² − (1/B_b − 1/N) · variance
 *
 * Unbiased, and not clamped: see `gradientMoments`. Source: McCandlish et al. 2018, appendix A.1; the 1/N is ours.
 */
export function momentsOfTwo({ small, big }: GradientNorms, population: number): GradientMoments {
	const variance = (small.squaredNorm - big.squaredNorm) / (1 / small.batch - 1 / big.batch);
	return { variance, signal: big.squaredNorm - (1 / big.batch - 1 / population) * variance };
}
