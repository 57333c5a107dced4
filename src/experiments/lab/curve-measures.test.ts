import { expect, test } from "vitest";
import { reachedAt, stoppedAt, wandering } from "./curve-measures.js";
import type { Curves } from "./curves.js";

const curves = (validationAccuracy: readonly number[]) => ({ validationAccuracy }) as unknown as Curves;

test("a goal is reached where it is kept three times in a row", () => {
	expect(reachedAt(curves([0.1, 0.8, 0.7, 0.8, 0.9, 0.85, 0.2]))).toBe(3);
	expect(reachedAt(curves([0.1, 0.9, 0.9]))).toBeNull();
});

test("wandering is the standard deviation of the last quarter", () => {
	expect(wandering(curves([...Array.from({ length: 12 }, (_, i) => i), 0.5, 0.7, 0.5, 0.7]))).toBeCloseTo(0.1 * Math.sqrt(4 / 3), 12);
});

test("patience ends a run when the least loss is that long ago, and keeps the best", () => {
	expect(stoppedAt([5, 4, 3, 3.5, 3.4, 3.3, 1], 3)).toEqual({ at: 5, best: 2 });
	expect(stoppedAt([5, 4, 3, 2, 1], 3)).toEqual({ at: 4, best: 4 });
});
