import { expect, test } from "vitest";
import { logSlope } from "./log-slope.js";

test("the exponent of a power law, and of a line through scattered points", () => {
	const x = [1, 2, 8, 32];
	// Exact but for the rounding of four logarithms.
	expect(
		logSlope(
			x,
			x.map((value) => 3 * value ** -0.75),
		),
	).toBeCloseTo(-0.75, 14);
	// By hand, in powers of two: x = 0, 1, 2 and y = 0, 3, 2 have the slope Σ(x−1)(y−5/3)/Σ(x−1)² = (5/3 + 1/3)/2 = 1.
	expect(logSlope([1, 2, 4], [1, 8, 4])).toBeCloseTo(1, 14);
});

test("there is none where a value has no logarithm, or all there is is one place", () => {
	expect(logSlope([1, 2], [0, 1])).toBeNaN();
	expect(logSlope([1, 2], [Number.POSITIVE_INFINITY, 1])).toBeNaN();
	expect(logSlope([4], [1])).toBeNaN();
});
