import { expect, test } from "vitest";
import { bestRate } from "./best-rate.js";

const rates = [0.25, 0.5, 1, 2, 4];

test("a parabola in the logarithms gives its vertex back", () => {
	for (const vertex of [0.5, 0.6, 1.3]) {
		const losses = rates.map((rate) => Math.exp(0.2 * Math.log2(rate / vertex) ** 2 - 1));
		expect(bestRate(rates, losses)?.rate).toBeCloseTo(vertex, 12);
	}
});

test("at an edge, or next to a rate that diverged, it is the best rate that was tried", () => {
	expect(bestRate(rates, [1, 2, 3, 4, 5])).toEqual({ rate: 0.25, place: 0 });
	expect(bestRate(rates, [5, 4, 3, 2, 1])).toEqual({ rate: 4, place: 4 });
	expect(bestRate(rates, [5, 4, 3, null, null])).toEqual({ rate: 1, place: 2 });
	expect(bestRate(rates, [null, null, null, null, null])).toBeNull();
});

test("on a plain it stays where it is, and of equals the lower rate wins", () => {
	expect(bestRate(rates, [1, 1, 1, 1, 1])).toEqual({ rate: 0.25, place: 0 });
	expect(bestRate(rates, [2, 1, 1, 2, 3])?.place).toBe(1);
});
