import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logDomain, powersOfTen, powersOfTwo, tickNumber, tickSeconds, ticksThatFit } from "./ticks.js";

describe("numbers on axes", () => {
	test.each([
		[1, "1"],
		[0.0625, "0.0625"],
		[1024, "1,024"],
		[1078, "1,078"],
		[2.5e6, "2.5 M"],
		[0, "0"],
		[1 - 0.05, "0.95"],
		[5e-7, "5×10⁻⁷"],
		[1e-20, "10⁻²⁰"],
		[0.00002, "0.00002"],
		[1e12, "10¹²"],
		[-2.5e9, "-2.5×10⁹"],
	])("%d is written %s", (value, text) => expect(tickNumber(value)).toBe(text));

	test.each([
		[2e-6, "2 µs"],
		[5e-3, "5 ms"],
		[1, "1 s"],
		[120, "2 min"],
		[7200, "2 h"],
	])("%d seconds are written %s", (value, text) => expect(tickSeconds(value)).toBe(text));
});

describe("ticks", () => {
	test("powers of two keep 1 where they can't all be shown", () => {
		expect(powersOfTwo(1, 1078, 12)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
		expect(powersOfTwo(0.8, 1400, 6)).toEqual([1, 4, 16, 64, 256, 1024]);
	});

	test("powers of ten take their doubles and fives where there is room", () => {
		expect(powersOfTen(1, 100, 7)).toEqual([1, 2, 5, 10, 20, 50, 100]);
		expect(powersOfTen(1, 100, 5)).toEqual([1, 3, 10, 30, 100]);
		expect(powersOfTen(1, 100, 3)).toEqual([1, 10, 100]);
		expect(powersOfTen(1, 1e6, 4)).toEqual([1, 100, 1e4, 1e6]);
	});

	test("are within the range, ascending and not more than asked for", () => {
		const range = fc.tuple(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), fc.double({ min: 1.1, max: 1e6, noNaN: true }));
		fc.assert(
			fc.property(range, fc.integer({ min: 2, max: 12 }), ([low, times], most) => {
				for (const ticks of [powersOfTwo(low, low * times, most), powersOfTen(low, low * times, most)]) {
					expect(ticks.length).toBeLessThanOrEqual(most);
					for (const [i, tick] of ticks.entries()) {
						expect(tick).toBeGreaterThanOrEqual(low * 0.99);
						expect(tick).toBeLessThanOrEqual(low * times * 1.01);
						if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1]);
					}
				}
			}),
		);
	});

	test("more fit on a wider axis, never fewer than two", () => {
		expect(ticksThatFit(10, 5, 12)).toBe(2);
		expect(ticksThatFit(650, 5, 12)).toBe(15);
	});
});

test("logDomain passes over what has no logarithm", () => {
	expect(logDomain([null, 0, 4, undefined, 16], 2)).toEqual([2, 32]);
	expect(logDomain([], 2)).toEqual([1, 10]);
});
