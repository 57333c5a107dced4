import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedAt } from "./trend.js";

const columns = (rates: readonly number[], steps = 50) => rates.map((rate, i) => ({ batchSize: 2 ** i, rate, steps }));

describe("where a column's search starts", () => {
	test("is unknown for the first batch size", () => {
		expect(expectedAt(1, [])).toBeNull();
	});

	test("is the last winner where it is the only one, with its steps", () => {
		expect(expectedAt(8, [{ batchSize: 2, rate: -9, steps: 70 }])).toEqual({ rate: -9, steps: 70 });
	});

	test.each([
		["rises on by the trend of the columns before", [-14, -13, -12, -11], 16, -10],
		["follows a slope between half octaves", [-14, -14, -13, -13], 64, -12], // slope 0.4 over three doublings: 1.2
		["trusts no more than a half octave per doubling", [-18, -15, -12, -9], 16, -8],
		["takes a trend downward for noise", [-9, -10, -11, -12], 16, -12],
		["forgets what is older than four columns", [-30, -20, -10, -10, -10, -10], 64, -10],
		["hardly moves for a size that is hardly larger", [-14, -13, -12, -11], 9, -11],
	])("%s", (_, rates, batchSize, rate) => {
		expect(expectedAt(batchSize, columns(rates))).toEqual({ rate, steps: 50 });
	});

	test("lies between the last winner and a half octave per doubling above it", () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: -40, max: 20 }), { minLength: 1, maxLength: 10 }),
				fc.integer({ min: 1, max: 3 }),
				(rates, ahead) => {
					const last = rates[rates.length - 1];
					const start = expectedAt(2 ** (rates.length - 1 + ahead), columns(rates));
					expect(start?.rate).toBeGreaterThanOrEqual(last);
					expect(start?.rate).toBeLessThanOrEqual(last + ahead);
				},
			),
		);
	});
});
