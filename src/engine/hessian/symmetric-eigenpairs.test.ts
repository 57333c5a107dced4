import { expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import { symmetricEigenpairs } from "./symmetric-eigenpairs.js";

test("two by two, in closed form", () => {
	const [first, second] = symmetricEigenpairs([
		[2, 1],
		[1, 2],
	]);
	expect(first.value).toBeCloseTo(3, 14);
	expect(second.value).toBeCloseTo(1, 14);
	expect(Math.abs(first.vector[0])).toBeCloseTo(Math.SQRT1_2, 14);
	expect(first.vector[0]).toBeCloseTo(first.vector[1], 14);
});

test("random matrices: eigenpairs, orthonormal, in descending order", () => {
	const rng = Rng.fromSeed(1);
	for (const n of [1, 2, 5, 30]) {
		const half = Array.from({ length: n }, () => Array.from({ length: n }, () => rng.normal()));
		const matrix = half.map((row, i) => row.map((x, j) => x + half[j][i]));
		const pairs = symmetricEigenpairs(matrix);
		for (const [k, { value, vector }] of pairs.entries()) {
			for (const [i, row] of matrix.entries()) expect(row.reduce((sum, x, j) => sum + x * vector[j], 0)).toBeCloseTo(value * vector[i], 11);
			for (const [l, other] of pairs.entries())
				expect(vector.reduce((sum, x, i) => sum + x * other.vector[i], 0)).toBeCloseTo(k === l ? 1 : 0, 12);
			if (k > 0) expect(value).toBeLessThanOrEqual(pairs[k - 1].value);
		}
	}
});

test("what is diagonal already", () => {
	const values = symmetricEigenpairs([
		[1, 0],
		[0, 3],
	]).map(({ value }) => value);
	expect(values).toEqual([3, 1]);
	expect(symmetricEigenpairs([[0]])).toEqual([{ value: 0, vector: [1] }]);
});
