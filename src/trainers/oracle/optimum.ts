import { internal } from "../../core/errors.js";
import type { LinearProblem } from "../../data/oracles/linear.js";
import { solvePositiveDefinite } from "./cholesky.js";
import type { Link } from "./link.js";

/** Quadratic convergence: from any start of ours it takes fewer than ten. */
const mostSteps = 100;

/**
 * The weights at which the mean training loss, penalty included, is least: exactly, by Newton's method, and independent of gradient
 * descent.
 *
 *     w ← w − s·K⁻¹∇      ∇ = (1/N) Σ ℓ′(z_i)·a_i + λw      K = (1/N) Σ ℓ″(z_i)·a_i·a_iᵀ + λI
 *
 * with s halved until the gradient's norm falls. For least squares ℓ″ = 1, and the first step solves the normal equations (AᵀA/N + λI)w =
 * Aᵀy/N. Ends when rounding keeps the gradient from falling further. Throws if there is no unique optimum (fewer examples than weights and
 * no penalty).
 */
export function optimumOf(problem: LinearProblem, link: Link): Float64Array {
	let weights = new Float64Array(problem.dimensions);
	let here = derivatives(problem, link, weights);
	for (let step = 0; step < mostSteps; step++) {
		const direction = solvePositiveDefinite(here.hessian, here.gradient);
		let closer: { readonly weights: Float64Array<ArrayBuffer>; readonly at: Derivatives } | null = null;
		for (let share = 1; share > 1e-3 && !closer; share /= 2) {
			const moved = weights.map((weight, j) => weight - share * direction[j]);
			const at = derivatives(problem, link, moved);
			if (at.norm < here.norm) closer = { weights: moved, at };
		}
		if (!closer) return weights;
		weights = closer.weights;
		here = closer.at;
	}
	throw internal(`Newton's method still moves after ${mostSteps} steps: the gradient's norm is ${here.norm}`);
}

interface Derivatives {
	readonly gradient: Float64Array;
	/** Row-major. */
	readonly hessian: Float64Array;
	readonly norm: number;
}

function derivatives({ dimensions: d, penalty, train }: LinearProblem, link: Link, weights: Float64Array): Derivatives {
	const gradient = weights.map((weight) => penalty * weight);
	const hessian = new Float64Array(d * d);
	for (let j = 0; j < d; j++) hessian[j * d + j] = penalty;
	for (const [i, target] of train.targets.entries()) {
		const a = train.features.subarray(i * d, (i + 1) * d);
		const score = a.reduce((sum, feature, j) => sum + feature * weights[j], 0);
		const slope = link.slope(score, target) / train.count;
		const bend = link.bend(score, target) / train.count;
		for (let j = 0; j < d; j++) {
			gradient[j] += slope * a[j];
			for (let k = 0; k < d; k++) hessian[j * d + k] += bend * a[j] * a[k];
		}
	}
	return { gradient, hessian, norm: Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)) };
}
