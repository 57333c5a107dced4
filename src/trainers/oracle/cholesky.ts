import { internal } from "../../core/errors.js";

/**
 * Solves A·x = b for a symmetric positive definite A (n×n, row-major): A = L·Lᵀ, then L·y = b and Lᵀ·x = y. Changes neither. Throws if A
 * isn't positive definite.
 */
export function solvePositiveDefinite(A: Float64Array, b: Float64Array): Float64Array {
	const n = b.length;
	const L = Float64Array.from(A);
	for (let j = 0; j < n; j++) {
		for (let i = j; i < n; i++) {
			let rest = L[i * n + j];
			for (let k = 0; k < j; k++) rest -= L[i * n + k] * L[j * n + k];
			if (i > j) L[i * n + j] = rest / L[j * n + j];
			else if (rest > 0) L[j * n + j] = Math.sqrt(rest);
			else throw internal(`a matrix of ${n} rows is not positive definite: pivot ${j} is ${rest}`);
		}
	}
	const x = Float64Array.from(b);
	for (let i = 0; i < n; i++) {
		for (let k = 0; k < i; k++) x[i] -= L[i * n + k] * x[k];
		x[i] /= L[i * n + i];
	}
	for (let i = n - 1; i >= 0; i--) {
		for (let k = i + 1; k < n; k++) x[i] -= L[k * n + i] * x[k];
		x[i] /= L[i * n + i];
	}
	return x;
}
