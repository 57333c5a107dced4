import fc from "fast-check";
import { expect, test } from "vitest";
import { onCircle } from "./circle.js";

test("is the cosine and the sine", () => {
	fc.assert(
		fc.property(fc.double({ min: -4, max: 4, noNaN: true }), (turns) => {
			const { x, y } = onCircle(turns);
			// Whole turns first: 2π · turns would round by more than the functions themselves do. What is left of that rounding is 2π · 2⁻⁵³ at
			// most.
			const angle = 2 * Math.PI * (turns - Math.round(turns));
			expect(Math.abs(x - Math.cos(angle))).toBeLessThan(1e-15);
			expect(Math.abs(y - Math.sin(angle))).toBeLessThan(1e-15);
			expect(Math.abs(x * x + y * y - 1)).toBeLessThan(1e-15);
		}),
		{ numRuns: 2000 },
	);
});

test.each([
	[0, 1, 0],
	[0.25, 0, 1],
	[0.5, -1, 0],
	[-0.25, 0, -1],
	[3, 1, 0],
])("after %d turns it is exact: (%d, %d)", (turns, x, y) => {
	const point = onCircle(turns);
	expect([point.x + 0, point.y + 0]).toEqual([x, y]);
});

test("has the same bits everywhere: an eighth of a turn, and the angle of 1/3", () => {
	expect(onCircle(1 / 8)).toEqual({ x: Math.SQRT1_2, y: Math.SQRT1_2 });
	expect(onCircle(1 / 3).x).toBeCloseTo(-0.5, 15);
});
