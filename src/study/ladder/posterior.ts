import { log } from "../../core/numerics.js";

/**
 * A Gaussian process of mean 0 after noisy observations (Rasmussen & Williams 2006, algorithm 2.1), by the Cholesky factor of the
 * observations' covariance.
 */
export class Posterior<Point, Seen extends Point> {
	readonly #factor: readonly (readonly number[])[];
	/** The inverse covariance of the observations times their values. */
	readonly #weights: readonly number[];
	/** Of the observations, but for a constant. */
	readonly logLikelihood: number;

	/** `noise`: covariance of two observations' noise; together with `covariance` it must be positive definite. */
	constructor(
		private readonly points: readonly Seen[],
		values: readonly number[],
		private readonly covariance: (a: Point, b: Point) => number,
		noise: (a: Seen, b: Seen) => number,
	) {
		this.#factor = cholesky(points.map((a) => points.map((b) => covariance(a, b) + noise(a, b))));
		const scaled = forwards(this.#factor, values);
		this.#weights = backwards(this.#factor, scaled);
		const fit = scaled.reduce((sum, value) => sum + value ** 2, 0) / 2;
		this.logLikelihood = -fit - this.#factor.reduce((sum, row, i) => sum + log(row[i]), 0);
	}

	mean(point: Point): number {
		return this.points.reduce((sum, other, i) => sum + this.#weights[i] * this.covariance(point, other), 0);
	}

	/** Of the function itself, without noise. */
	variance(point: Point): number {
		const explained = this.#explained(point);
		return this.covariance(point, point) - dot(explained, explained);
	}

	/**
	 * One draw of the function at all of these points at once, without noise, from as many standard normal draws: its means, and the
	 * Cholesky factor of its covariance times the draws. `slack` is added to every variance, since rounding may leave it below 0.
	 */
	drawsAt(points: readonly Point[], slack = 1e-8): (normals: readonly number[]) => readonly number[] {
		const means = points.map((point) => this.mean(point));
		const explained = points.map((point) => this.#explained(point));
		const factor = cholesky(
			points.map((a, i) => points.map((b, j) => this.covariance(a, b) - dot(explained[i], explained[j]) + (i === j ? slack : 0))),
		);
		return (normals) => means.map((mean, i) => mean + dot(factor[i], normals));
	}

	/** What of a point the observations explain: L⁻¹k(X, x). */
	#explained(point: Point): readonly number[] {
		return forwards(
			this.#factor,
			this.points.map((other) => this.covariance(point, other)),
		);
	}
}

/** Of the first `a.length` values. */
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** L of A = LLᵀ, its lower triangle by rows, for a symmetric positive definite A. */
function cholesky(A: readonly (readonly number[])[]): number[][] {
	const L: number[][] = [];
	for (const [i, row] of A.entries()) {
		L.push([]);
		for (let j = 0; j <= i; j++) {
			let rest = row[j];
			for (let k = 0; k < j; k++) rest -= L[i][k] * L[j][k];
			L[i].push(i === j ? Math.sqrt(rest) : rest / L[j][j]);
		}
	}
	return L;
}

/** x of L x = y. */
function forwards(L: readonly (readonly number[])[], y: readonly number[]): number[] {
	const x: number[] = [];
	for (const [i, row] of L.entries()) x.push(x.reduce((rest, value, j) => rest - row[j] * value, y[i]) / row[i]);
	return x;
}

/** x of Lᵀx = y. */
function backwards(L: readonly (readonly number[])[], y: readonly number[]): number[] {
	const x = [...y];
	for (let i = L.length - 1; i >= 0; i--) {
		for (let j = i + 1; j < L.length; j++) x[i] -= L[j][i] * x[j];
		x[i] /= L[i][i];
	}
	return x;
}
