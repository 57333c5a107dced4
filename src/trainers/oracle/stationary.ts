import type { LinearProblem } from "../../data/oracles/linear.js";

/**
 * The mean square distance at which constant-rate SGD on least squares hovers around the optimum w*: E|w − w*|², once it has forgotten its
 * start, for batches of B drawn *with replacement* and no momentum. Exact at any rate at which it settles.
 *
 * With d = w − w*, M_i = a_i·a_iᵀ + λI and r_i the gradient of example i at w*, one step is d′ = d − η·mean(M_i·d + r_i) over the batch.
 * The mean of r_i over all examples is 0 and that of d vanishes, so the cross terms do too; of B independent draws the covariance is a B-th
 * of one's. For P = E ddᵀ:
 *
 *     P′ = (I − ηH)P(I − ηH) + (η²/B)·( mean(M_i·P·M_i) − H·P·H + mean(r_i·r_iᵀ) ),     H = mean M_i
 *
 * a linear map that contracts where SGD settles; it is repeated until P no longer changes. mean(M_i·P·M_i) holds fourth moments of the
 * features, which the small-rate limit P·H + H·P = (η/B)·mean(r_i·r_iᵀ), a Lyapunov equation, leaves out. Infinite where it doesn't settle.
 */
export function stationarySquaredDistance(problem: LinearProblem, optimum: Float64Array, learningRate: number, batchSize: number): number {
	const { dimensions: d, penalty, train } = problem;
	const rows = Array.from({ length: train.count }, (_, i) => train.features.subarray(i * d, (i + 1) * d));
	const H = new Float64Array(d * d);
	const R = new Float64Array(d * d);
	for (const [i, a] of rows.entries()) {
		const residual = dot(a, optimum) - train.targets[i];
		const gradient = optimum.map((weight, j) => residual * a[j] + penalty * weight);
		for (let j = 0; j < d; j++)
			for (let k = 0; k < d; k++) {
				H[j * d + k] += (a[j] * a[k] + (j === k ? penalty : 0)) / train.count;
				R[j * d + k] += (gradient[j] * gradient[k]) / train.count;
			}
	}
	let P = new Float64Array(d * d);
	for (let last = 0; ; ) {
		const HP = product(H, P, d);
		const HPH = product(HP, H, d);
		const spread = new Float64Array(d * d);
		for (const a of rows) {
			// M·P·M = a(aᵀPa)aᵀ + λ(a·bᵀ + b·aᵀ) + λ²P, b = Pa
			const b = Float64Array.from({ length: d }, (_, j) => dot(P.subarray(j * d, (j + 1) * d), a));
			const inner = dot(a, b);
			for (let j = 0; j < d; j++)
				for (let k = 0; k < d; k++)
					spread[j * d + k] +=
						(inner * a[j] * a[k] + penalty * (a[j] * b[k] + b[j] * a[k]) + penalty * penalty * P[j * d + k]) / train.count;
		}
		P = P.map((value, at) => {
			const transposed = (at % d) * d + Math.floor(at / d);
			const kept = value - learningRate * (HP[at] + HP[transposed]) + learningRate ** 2 * HPH[at];
			return kept + (learningRate ** 2 / batchSize) * (spread[at] - HPH[at] + R[at]);
		});
		let trace = 0;
		for (let j = 0; j < d; j++) trace += P[j * d + j];
		if (!(trace < 1e12)) return Number.POSITIVE_INFINITY;
		if (Math.abs(trace - last) <= 1e-14 * trace) return trace;
		last = trace;
	}
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, j) => sum + value * b[j], 0);

function product(A: Float64Array, B: Float64Array, d: number): Float64Array {
	const result = new Float64Array(d * d);
	for (let i = 0; i < d; i++) for (let k = 0; k < d; k++) for (let j = 0; j < d; j++) result[i * d + j] += A[i * d + k] * B[k * d + j];
	return result;
}
