import { exp, log } from "../../core/numerics.js";

/** The noisy quadratic: see `quadratic`. */
export interface QuadraticSource {
	readonly name: "quadratic";
	readonly dimensions: number;
	/** Largest curvature over the smallest. */
	readonly condition: number;
	/** Variance of one example's gradient along an eigenvector, over the curvature there. */
	readonly noise: number;
	/** Examples that count as an epoch, since every example is drawn anew and none comes twice. */
	readonly examples: number;
}

/** A quadratic bowl in the coordinates of its eigenvectors, in which curvature and noise are diagonal. */
export interface Quadratic {
	/** h_i > 0, the eigenvalues of the Hessian H, descending from 1. */
	readonly curvatures: Float64Array;
	/** c_i, the variances of one example's gradient, the diagonal of C. */
	readonly variances: Float64Array;
}

/**
 * The noisy quadratic. Weights x, loss ½xᵀHx; the gradient over a batch of B examples is Hx + ε, ε ~ N(0, C/B), since the j-th example's
 * own loss is
 *
 *     ½xᵀHx + ε_jᵀx,     ε_j ~ N(0, C),
 *
 * drawn anew each time: a stream, not a set. Curvatures fall geometrically, h_i = κ^(−i/(d−1)), from 1 to 1/κ (a single one is 1). The
 * noise has the Hessian's shape, C = noise·H, so that flat directions are quiet ones.
 *
 * Source: Zhang et al. 2019, section 3, who take h_i = 1/i and C = H.
 */
export function quadratic({ dimensions, condition, noise }: Omit<QuadraticSource, "name" | "examples">): Quadratic {
	const fall = dimensions === 1 ? 0 : -log(condition) / (dimensions - 1);
	const curvatures = Float64Array.from({ length: dimensions }, (_, i) => exp(fall * i));
	return { curvatures, variances: curvatures.map((curvature) => noise * curvature) };
}
