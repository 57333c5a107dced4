import { describe, expect, test } from "vitest";
import { studentTwoSided } from "./student.js";

describe("studentTwoSided", () => {
	test.each([
		// Abramowitz & Stegun, table 26.10, to the digits printed there.
		[0.05, 1, 12.706],
		[0.05, 4, 2.776],
		[0.05, 19, 2.093],
		[0.01, 4, 4.604],
		[0.01, 120, 2.617],
	])("p = %f, ν = %i", (p, nu, t) => expect(studentTwoSided(p, nu)).toBeCloseTo(t, 3));

	test("ν = 1 is Cauchy's distribution and ν = 2 has a closed form", () => {
		for (const p of [0.5, 0.05, 0.01, 0.001]) {
			expect(studentTwoSided(p, 1) * Math.tan((p * Math.PI) / 2)).toBeCloseTo(1, 9);
			// P(|T| > t) = 1 − t/√(2 + t²), so t = √(2q²/(1 − q²)) with q = 1 − p.
			const q = 1 - p;
			expect(studentTwoSided(p, 2) / Math.sqrt((2 * q * q) / (1 - q * q))).toBeCloseTo(1, 9);
		}
	});

	test("falls with the degrees of freedom, whole or not; from ν = 1 to a million, beyond which it stays", () => {
		for (let nu = 1; nu < 40; nu += 0.1) expect(studentTwoSided(0.05, nu + 0.1)).toBeLessThan(studentTwoSided(0.05, nu));
		expect(studentTwoSided(0.05, 0.5)).toBe(studentTwoSided(0.05, 1));
		expect(studentTwoSided(0.05, Number.POSITIVE_INFINITY)).toBe(studentTwoSided(0.05, 1e6));
		// Abramowitz & Stegun 26.7.5: z + (z³ + z)/4ν.
		const z = 1.959963984540054;
		expect(studentTwoSided(0.05, 1e6)).toBeCloseTo(z + (z ** 3 + z) / 4e6, 8);
		expect(studentTwoSided(0.05, 1e4)).toBeCloseTo(z + (z ** 3 + z) / 4e4 + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96e8, 8);
	});
});
