import { expect, test } from "vitest";
import { lineThrough } from "./line.js";

test("points on a line have its slope and no residual", () => {
	const x = [1, 2, 4, 7];
	const { slope, across, residual } = lineThrough(
		x,
		x.map((value) => 3 - 2 * value),
	);
	expect(slope).toBeCloseTo(-2, 14);
	expect(across).toBe(21); // (1 − 3.5)² + (2 − 3.5)² + (4 − 3.5)² + (7 − 3.5)²
	expect(residual).toBeCloseTo(0, 25);
});

test("the textbook's three points", () => {
	// Through (0, 0), (1, 2), (2, 1): slope 1/2, intercept 1/2, residuals −1/2, 1, −1/2.
	const { slope, residual } = lineThrough([0, 1, 2], [0, 2, 1]);
	expect(slope).toBeCloseTo(0.5, 14);
	expect(residual).toBeCloseTo(1.5, 14);
});

test("points above one another have no slope", () => {
	expect(lineThrough([3, 3], [1, 2]).slope).toBeNaN();
});
