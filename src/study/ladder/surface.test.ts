import fc from "fast-check";
import { expect, test } from "vitest";
import { leastSquares } from "./surface.js";

const ridge = [0, 0.1, 0.1];

test("the gradient of what it minimizes is zero: Xᵀ(y − Xb) = λb, the first parameter free", () => {
	const number = fc.double({ min: -5, max: 5, noNaN: true });
	fc.assert(
		fc.property(fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 12 }), (points) => {
			const rows = points.map(([x, y]) => [1, x, y] as const);
			const found = leastSquares(
				rows,
				points.map(([, , value]) => value),
			);
			for (const j of [0, 1, 2]) {
				const gradient = points.reduce((sum, [, , value], i) => {
					const fitted = rows[i].reduce((total, x, k) => total + x * found[k], 0);
					return sum + rows[i][j] * (value - fitted);
				}, 0);
				expect(gradient).toBeCloseTo(ridge[j] * found[j], 6);
			}
		}),
	);
});
