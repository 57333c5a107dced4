import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { boundedMean, geometricMeanInterval, meanInterval, notNegative, paired, shares } from "./means.js";

describe("meanInterval", () => {
	test("x̄ ± t·s/√n", () => {
		const { estimate, low, high } = meanInterval([1, 2, 3, 4, 5]);
		const reach = 2.7764451 * Math.sqrt(2.5 / 5);
		expect(estimate).toBe(3);
		expect(low).toBeCloseTo(3 - reach, 6);
		expect(high).toBeCloseTo(3 + reach, 6);
	});

	test("equal draws are their own mean, to the bit, with an interval of no width", () => {
		// 0.1 + 0.1 + 0.1 is not 0.3, and e^(log 160) is not 160.
		expect(meanInterval([0.1, 0.1, 0.1])).toEqual({ estimate: 0.1, low: 0.1, high: 0.1 });
		expect(geometricMeanInterval([160, 160], 3)).toEqual({ estimate: 160, low: 160, high: 160 });
		expect(geometricMeanInterval([-1, -1]).estimate).toBeNull();
	});

	test("of one draw no interval; of none, or with one that isn't finite, nothing", () => {
		expect(meanInterval([4])).toEqual({ estimate: 4, low: null, high: null });
		for (const draws of [[], [1, Number.POSITIVE_INFINITY], [Number.NaN, 2]])
			expect(meanInterval(draws)).toEqual({ estimate: null, low: null, high: null });
	});

	test("a family of 10 comparisons holds at once in about 95 % of repetitions", () => {
		const rng = Rng.fromSeed(5);
		const repetitions = 4000;
		let held = 0;
		for (let i = 0; i < repetitions; i++) {
			let all = true;
			for (let j = 0; j < 10; j++) {
				const { low, high } = meanInterval(
					Array.from({ length: 6 }, () => rng.normal()),
					10,
				);
				all &&= (low ?? 0) <= 0 && (high ?? 0) >= 0;
			}
			if (all) held++;
		}
		// Ten independent intervals at 1 − 0.05/10 hold at once with 0.995^10 = 95.1 %; four standard errors of the share are 1.4 %.
		expect(held / repetitions).toBeGreaterThan(0.951 - 0.014);
		expect(held / repetitions).toBeLessThan(0.951 + 0.014);
	});
});

test("geometricMeanInterval is symmetric in ratio", () => {
	const { estimate, low, high } = geometricMeanInterval([1, 2, 4]);
	expect(estimate).toBeCloseTo(2, 12);
	expect((estimate ?? 0) / (low ?? 1)).toBeCloseTo((high ?? 0) / (estimate ?? 1), 9);
});

test("paired takes differences place by place", () => expect(paired([3, 5], [1, 1])).toEqual([2, 4]));

test("an interval of accuracies stays between 0 and 1, and of what can't be negative above 0", () => {
	const accuracies = [1, 1, 1, 0.9];
	const free = meanInterval(accuracies);
	expect(free.high).toBeGreaterThan(1);
	expect(boundedMean(accuracies, shares)).toEqual({ ...free, high: 1 });
	expect(boundedMean([0, 0, 0.3], shares).low).toBe(0);
	expect(boundedMean([0, 0, 0.3, 40], notNegative)).toMatchObject({ low: 0, high: meanInterval([0, 0, 0.3, 40]).high });
	expect(boundedMean([0.5], shares)).toEqual({ estimate: 0.5, low: null, high: null });
});
