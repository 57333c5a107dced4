/** A square, symmetric matrix, by rows. */
export type Matrix = readonly (readonly number[])[];

/**
 * x of A x = y, for a positive definite A of a few rows, by Gaussian elimination with each row scaled to a diagonal of 1 beforehand. A
 * direction in which only rounding is left of A is left out of x: indistinguishable directions get 0, rather than 1/rounding.
 */
export function solve(A: Matrix, y: readonly number[]): number[] {
	const scale = A.map((row, i) => (row[i] > 0 ? 1 / Math.sqrt(row[i]) : 0));
	const rows = A.map((row, i) => [...row.map((value, j) => value * scale[i] * scale[j]), y[i] * scale[i]]);
	const n = A.length;
	for (let i = 0; i < n; i++) {
		const pivot = rows[i];
		if (pivot[i] < 1e-12) continue;
		for (const row of rows.slice(i + 1)) {
			const factor = row[i] / pivot[i];
			for (let k = i; k <= n; k++) row[k] -= factor * pivot[k];
		}
	}
	const x = new Array<number>(n).fill(0);
	for (let i = n - 1; i >= 0; i--) {
		if (rows[i][i] < 1e-12) continue;
		let rest = rows[i][n];
		for (let k = i + 1; k < n; k++) rest -= rows[i][k] * x[k];
		x[i] = rest / rows[i][i];
	}
	return x.map((value, i) => value * scale[i]);
}
