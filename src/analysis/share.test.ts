import { expect, test } from "vitest";
import { shareInterval } from "./share.js";

test("Wilson's interval solves (p̂ − p)² = z²·p(1 − p)/n", () => {
	for (const [k, n] of [
		[0, 10],
		[3, 10],
		[10, 10],
		[87, 100],
	]) {
		const { estimate, low, high } = shareInterval(k, n);
		expect(estimate).toBe(k / n);
		for (const end of [low, high]) {
			const p = end ?? Number.NaN;
			if (p > 0 && p < 1) expect((k / n - p) ** 2).toBeCloseTo((1.959963984540054 ** 2 * p * (1 - p)) / n, 12);
		}
	}
	expect(shareInterval(10, 10).high).toBeCloseTo(1, 12);
	expect(shareInterval(0, 0).estimate).toBeNull();
});
