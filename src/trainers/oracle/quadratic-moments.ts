import type { Quadratic } from "../../data/oracles/quadratic.js";

/** SGD with momentum, at a constant rate. */
export interface Descent {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly momentum: number;
}

/**
 * What the runs of SGD on the noisy quadratic are on average, exactly, step by step. Along one eigenvector, with curvature h, gradient
 * noise e of variance s² = c/B, and a = 1 − ηh, a step is linear:
 *
 *     v′ = μv + hx + e                 x′ = x − ηv′ = ax − ημv − ηe
 *
 * and e is independent of x and v, so the second moments p = E x², q = E xv, r = E v² follow each other:
 *
 *     p′ = a²p − 2aημ·q + η²μ²r + η²s²
 *     q′ = ah·p + μ(a − ηh)·q − ημ²r − ηs²
 *     r′ = h²p + 2hμ·q + μ²r + s²
 *
 * from p = 1, q = r = 0 (weights start at N(0, 1), the velocity at 0). The expected loss is ½Σ h·p. As x stays normal with mean 0, and its
 * coordinates independent, the loss of a single run has variance ½Σ (h·p)².
 *
 * Source: Zhang et al. 2019, appendix B, who follow mean and variance apart; the start being random, the second moment is all there is.
 */
export class QuadraticMoments {
	readonly #p: Float64Array;
	readonly #q: Float64Array;
	readonly #r: Float64Array;

	constructor(
		private readonly problem: Quadratic,
		private readonly descent: Descent,
	) {
		this.#p = problem.curvatures.map(() => 1);
		this.#q = problem.curvatures.map(() => 0);
		this.#r = problem.curvatures.map(() => 0);
	}

	/** One step, at the descent's own rate or at this one. */
	step(eta = this.descent.learningRate): void {
		const { momentum: mu, batchSize } = this.descent;
		for (const [i, h] of this.problem.curvatures.entries()) {
			const [p, q, r] = [this.#p[i], this.#q[i], this.#r[i]];
			const noise = this.problem.variances[i] / batchSize;
			const a = 1 - eta * h;
			this.#p[i] = a * a * p - 2 * a * eta * mu * q + eta * eta * (mu * mu * r + noise);
			this.#q[i] = a * h * p + mu * (a - eta * h) * q - eta * (mu * mu * r + noise);
			this.#r[i] = h * h * p + 2 * h * mu * q + mu * mu * r + noise;
		}
	}

	get expectedLoss(): number {
		return 0.5 * this.problem.curvatures.reduce((sum, h, i) => sum + h * this.#p[i], 0);
	}

	/** Of the loss of single runs. */
	get lossVariance(): number {
		return 0.5 * this.problem.curvatures.reduce((sum, h, i) => sum + (h * this.#p[i]) ** 2, 0);
	}
}

/** The first step at which the expected loss is at most `goal`; null if it isn't within `limit` steps. */
export function stepsToExpectedLoss(problem: Quadratic, descent: Descent, goal: number, limit: number): number | null {
	const moments = new QuadraticMoments(problem, descent);
	for (let step = 1; step <= limit; step++) {
		moments.step();
		if (moments.expectedLoss <= goal) return step;
	}
	return null;
}

/**
 * The expected loss of constant-rate SGD once it only hovers: the fixed point of the recursion above, which is
 *
 *     p = ηs²(1 + μ) / ( h(1 − μ)(2(1 + μ) − ηh) )
 *
 * Infinite where the rate is too large to settle, ηh ≥ 2(1 + μ).
 */
export function stationaryLoss({ curvatures, variances }: Quadratic, { learningRate: eta, momentum: mu, batchSize }: Descent): number {
	let loss = 0;
	for (const [i, h] of curvatures.entries()) {
		const room = 2 * (1 + mu) - eta * h;
		if (room <= 0) return Number.POSITIVE_INFINITY;
		loss += (0.5 * eta * (variances[i] / batchSize) * (1 + mu)) / ((1 - mu) * room);
	}
	return loss;
}
