/** A small pull of the slopes towards 0, for arms in a row, which don't determine the slope across. */
const ridge = 0.1;

type Three = readonly [number, number, number];

/**
 * Least squares in three parameters, of which the last two are drawn towards 0 (ridge regression): the solution of
 * (XᵀX + diag(0, λ, λ))b = Xᵀy, λ = 0.1, by Gaussian elimination. `rows`: X, at least one, the first of each not 0.
 */
export function leastSquares(rows: readonly Three[], values: readonly number[]): Three {
	const products = (i: number, j: number) => rows.reduce((sum, row) => sum + row[i] * row[j], i === j && i > 0 ? ridge : 0);
	const matrix = [0, 1, 2].map((i) => [0, 1, 2].map((j) => products(i, j)));
	const right = [0, 1, 2].map((i) => rows.reduce((sum, row, k) => sum + row[i] * values[k], 0));
	for (const i of [0, 1]) {
		for (let j = i + 1; j < 3; j++) {
			const factor = matrix[j][i] / matrix[i][i];
			for (let k = i; k < 3; k++) matrix[j][k] -= factor * matrix[i][k];
			right[j] -= factor * right[i];
		}
	}
	const c = right[2] / matrix[2][2];
	const b = (right[1] - matrix[1][2] * c) / matrix[1][1];
	return [(right[0] - matrix[0][1] * b - matrix[0][2] * c) / matrix[0][0], b, c];
}
