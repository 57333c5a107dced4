import type { Rng } from "../../core/rng.js";
import { symmetricEigenpairs } from "./symmetric-eigenpairs.js";

export interface LargestEigenvalue {
	/** The Rayleigh quotient θ = xᵀHx of a unit vector x. */
	readonly value: number;
	/**
	 * |Hx − θx|: some eigenvalue of H lies within it of θ. Whether that is the largest, only the random start can tell; it is with
	 * probability 1.
	 */
	readonly residual: number;
	/** Hessian-vector products it took. */
	readonly products: number;
}

/**
 * The largest eigenvalue of a symmetric operator (the most positive: for a loss, its sharpest direction) by the Lanczos method with full
 * reorthogonalization: in the basis q₁ … q_m of the Krylov space of a random start, the operator is the tridiagonal matrix T, whose largest
 * eigenvalue approaches the operator's from below.
 *
 * Ends when the residual is at most `tolerance`·|θ|, or after `most` products. Keeps as many vectors: 8·m bytes a parameter.
 *
 * Source: Golub & Van Loan 2013, algorithm 10.1.1 and section 10.3.1; the residual's bound: theorem 8.1.13 (with r = |Hx − θx|).
 */
export function largestEigenvalue(
	multiply: (vector: Float64Array) => Float64Array,
	dimensions: number,
	rng: Rng,
	{ most = 40, tolerance = 1e-3 }: { readonly most?: number; readonly tolerance?: number } = {},
): LargestEigenvalue {
	const basis = [unit(Float64Array.from({ length: dimensions }, () => rng.normal()))];
	const diagonal: number[] = [];
	const offDiagonal: number[] = [];
	const limit = Math.min(most - 1, dimensions); // one product is kept for the residual
	for (;;) {
		const next = multiply(basis[basis.length - 1]);
		const size = basis.length;
		diagonal.push(dot(next, basis[size - 1]));
		// Twice, as once leaves what rounding makes of large components (Golub & Van Loan, section 5.2.9).
		for (let pass = 0; pass < 2; pass++) for (const q of basis) subtract(next, q, dot(next, q));
		const length = Math.sqrt(dot(next, next));
		const { value, vector } = symmetricEigenpairs(tridiagonal(diagonal, offDiagonal))[0];
		const residual = length * Math.abs(vector[size - 1]);
		if (size >= limit || residual <= 0.5 * tolerance * Math.abs(value) || length === 0) {
			const x = new Float64Array(dimensions);
			for (const [i, q] of basis.entries()) subtract(x, q, -vector[i]);
			const along = unit(x);
			const image = multiply(along);
			const theta = dot(image, along);
			subtract(image, along, theta);
			return { value: theta, residual: Math.sqrt(dot(image, image)), products: size + 1 };
		}
		offDiagonal.push(length);
		basis.push(unit(next));
	}
}

function tridiagonal(diagonal: readonly number[], offDiagonal: readonly number[]): number[][] {
	return diagonal.map((d, i) => diagonal.map((_, j) => (i === j ? d : Math.abs(i - j) === 1 ? offDiagonal[Math.min(i, j)] : 0)));
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
	return sum;
}

/** a ← a − factor·b */
function subtract(a: Float64Array, b: Float64Array, factor: number): void {
	for (let i = 0; i < a.length; i++) a[i] -= factor * b[i];
}

/** v divided by its length, in place. */
function unit(v: Float64Array): Float64Array {
	const length = Math.sqrt(dot(v, v));
	for (let i = 0; i < v.length; i++) v[i] /= length;
	return v;
}
