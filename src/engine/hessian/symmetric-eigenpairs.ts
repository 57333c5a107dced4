/** An eigenvalue and its unit eigenvector. */
export interface Eigenpair {
	readonly value: number;
	readonly vector: readonly number[];
}

/**
 * All eigenpairs of a small symmetric matrix, the largest eigenvalue first, by Jacobi's rotations: each sets one pair of elements off the
 * diagonal to zero, until all are below 2⁻⁵⁰ of the matrix. Exact operations only.
 *
 * Source: Golub & Van Loan 2013, algorithms 8.5.1 and 8.5.3 (the cyclic order).
 */
export function symmetricEigenpairs(matrix: readonly (readonly number[])[]): readonly Eigenpair[] {
	const n = matrix.length;
	const a = matrix.map((row) => Float64Array.from(row));
	const v = matrix.map((_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
	const squares = (keep: (i: number, j: number) => boolean) =>
		a.reduce((sum, row, i) => sum + row.reduce((part, x, j) => (keep(i, j) ? part + x * x : part), 0), 0);
	const enough = squares(() => true) * 2 ** -100;
	for (let sweep = 0; sweep < 60 && squares((i, j) => i !== j) > enough; sweep++)
		for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, p, q);
	return a.map((row, i) => ({ value: row[i], vector: v.map((r) => r[i]) })).sort((one, other) => other.value - one.value);
}

/** Turns the plane of p and q so that a[p][q] becomes 0. */
function rotate(a: readonly Float64Array[], v: readonly Float64Array[], p: number, q: number): void {
	if (a[p][q] === 0) return;
	const tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
	const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
	const cosine = 1 / Math.sqrt(1 + tangent * tangent);
	const sine = tangent * cosine;
	const turn = (row: Float64Array) => {
		const [x, y] = [row[p], row[q]];
		row[p] = cosine * x - sine * y;
		row[q] = sine * x + cosine * y;
	};
	for (const row of a) turn(row);
	for (let k = 0; k < a.length; k++) {
		const [x, y] = [a[p][k], a[q][k]];
		a[p][k] = cosine * x - sine * y;
		a[q][k] = sine * x + cosine * y;
	}
	for (const row of v) turn(row);
}
