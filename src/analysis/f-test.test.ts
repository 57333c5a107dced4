import { expect, test } from "vitest";
import { exceededByF } from "./f-test.js";
import { studentTwoSided } from "./student.js";

test("upper points of the F distribution from printed tables (5 %: Abramowitz & Stegun, table 26.9)", () => {
	for (const [above, below, point] of [
		[1, 1, 161.4],
		[2, 10, 4.1],
		[10, 60, 1.99],
		[5, 20, 2.71],
	])
		expect(exceededByF(point, above, below)).toBeCloseTo(0.05, 3);
});

test("with one degree above it is the square of Student's t", () => {
	for (const below of [1, 5, 40]) expect(exceededByF(studentTwoSided(0.03, below) ** 2, 1, below)).toBeCloseTo(0.03, 7);
});

test("a ratio of 0 is always exceeded", () => expect(exceededByF(0, 3, 5)).toBe(1));
