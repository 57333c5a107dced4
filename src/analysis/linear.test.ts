import { expect, test } from "vitest";
import { solve } from "./linear.js";

test("solves a positive definite system, however its rows are scaled", () => {
	// [[4, 2e3], [2e3, 5e6]] x = [8, 9e3]; determinant 2e7 − 4e6.
	const [x, y] = solve(
		[
			[4, 2e3],
			[2e3, 5e6],
		],
		[8, 9e3],
	);
	expect(x).toBeCloseTo((8 * 5e6 - 2e3 * 9e3) / 16e6, 12);
	expect(y).toBeCloseTo((4 * 9e3 - 2e3 * 8) / 16e6, 15);
});

test("solves three rows", () => {
	const A = [
		[4, 1, 2],
		[1, 3, 0.5],
		[2, 0.5, 5],
	];
	const x = [1, -2, 3];
	const y = A.map((row) => row.reduce((sum, value, i) => sum + value * x[i], 0));
	for (const [i, value] of solve(A, y).entries()) expect(value).toBeCloseTo(x[i], 12);
});

test("gives nothing to what can't be told apart from what came before", () => {
	expect(
		solve(
			[
				[2, 2],
				[2, 2],
			],
			[6, 6],
		),
	).toEqual([3, 0].map((value) => expect.closeTo(value, 12)));
	expect(solve([[0]], [1])).toEqual([0]);
});
