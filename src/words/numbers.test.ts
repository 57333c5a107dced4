import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	counts,
	formatCount,
	formatInterval,
	formatNumber,
	formatRate,
	formatRatio,
	formatRatioInterval,
	formatSeconds,
	formatSecondsInterval,
	plain,
} from "./numbers.js";

test("formatCount sets thousands apart", () => {
	expect([0, 7, 999, 1078, 1234567, 12.4].map(formatCount)).toEqual(["0", "7", "999", "1,078", "1,234,567", "12"]);
	expect(formatCount(null)).toBe("—");
});

test("formatRate writes half octaves with two digits, or exactly with three", () => {
	const rates = [2 ** -4.5, 0.5, 2 ** -1.5, 2 ** -3, 2 ** -5, 1, Math.SQRT2, 8, 2 ** 3.5, 64, 2 ** 10, 2 ** -14];
	expect(rates.map(formatRate)).toEqual(["0.044", "0.5", "0.35", "0.125", "0.031", "1", "1.4", "8", "11", "64", "1,000", "0.000061"]);
});

test("formatNumber", () => {
	expect([1.26, 1078, 0.9512, null].map(formatNumber)).toEqual(["1.3", "1,100", "0.95", "—"]);
});

describe("formatInterval", () => {
	const steps = (median: number | null, low: number | null, high: number | null) => formatInterval({ median, low, high });

	test("rounds to 1 or 5 times a power of ten, at most a quarter of the width", () => {
		expect(steps(26.8231, 25.1, 29.2)).toBe("27 [25–29]"); // width 4.1: to 1
		expect(steps(5812, 5290, 6391)).toBe("5,800 [5,300–6,400]"); // width 1,101: to 100
		expect(steps(181, 163, 199)).toBe("180 [165–200]"); // width 36: to 5
		expect(formatInterval({ estimate: 1.0312, low: 0.9211, high: 1.1688 }, plain)).toBe("1.05 [0.90–1.15]"); // width 0.25: to 0.05
		expect(formatInterval({ estimate: 0.97, low: 0.88, high: 1.3 }, plain)).toBe("1.0 [0.9–1.3]"); // width 0.42: to 0.1
	});

	test("counts are whole, however narrow the interval", () => {
		expect(steps(27.2, 27, 27.9)).toBe("27 [27–28]");
		expect(steps(27, 27, 27)).toBe("27 [27–27]");
		expect(steps(1078, 1078, 1078)).toBe("1,078 [1,078–1,078]");
	});

	test("a wide interval doesn't round its small numbers away", () => {
		expect(steps(27, 1, 400)).toBe("25 [1–400]");
		expect(formatInterval({ estimate: 0.132, low: 0.0021, high: 4 }, plain)).toBe("0.13 [0.0021–4.0]");
		expect(formatInterval({ estimate: 3, low: 0, high: 10 }, plain)).toBe("3 [0–10]");
		expect(formatInterval({ estimate: 20, low: 0.31, high: 800 }, counts)).toBe("20 [0.3–800]");
	});

	test("says which side is open", () => {
		expect(steps(27, 25, null)).toBe("27 [at least 25]");
		expect(steps(27, null, 29)).toBe("27 [at most 29]");
		expect(steps(null, 25, null)).toBe("at least 25");
		expect(steps(null, null, 29)).toBe("at most 29");
		expect(steps(null, 25, 29)).toBe("25–29");
		expect(formatInterval({ estimate: -3, low: -5, high: -1 }, plain)).toBe("-3 [-5 to -1]");
		expect(steps(1078, null, null)).toBe("1,078");
		expect(steps(null, null, null)).toBe("—");
		expect(formatInterval({ estimate: null, low: 1012, high: null }, counts)).toBe("at least 1,012");
	});

	test("no number moves by more than an eighth of the width, nor by a half for counts", () => {
		const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
		fc.assert(
			fc.property(positive, positive, positive, fc.boolean(), (a, b, c, whole) => {
				const [low, estimate, high] = [a, b, c].sort((x, y) => x - y);
				const text = formatInterval({ estimate, low, high }, { ...plain, whole });
				const shown = text.match(/[\d.,]+/g)?.map((digits) => Number(digits.replaceAll(",", ""))) ?? [];
				const slack = high === low ? 0.05 * high : (high - low) / 8;
				const bound = (whole ? Math.max(slack, 0.5) : slack) + 1e-11 * high; // twelve digits are kept at most
				expect(shown).toHaveLength(3);
				for (const [i, x] of [estimate, low, high].entries()) expect(Math.abs(shown[i] - x)).toBeLessThanOrEqual(bound);
			}),
		);
	});
});

test("formatSeconds", () => {
	const spans = [2.13e-6, 3.4e-8, 0.0341, 0.9996, 1.2, 12, 59.7, 61, 200, 3600, 7510, 90061, 0];
	expect(spans.map(formatSeconds)).toEqual([
		"2.1 µs",
		"34 ns",
		"34 ms",
		"1 s",
		"1.2 s",
		"12 s",
		"1 min",
		"1 min 1 s",
		"3 min 20 s",
		"1 h",
		"2 h 5 min",
		"25 h 1 min",
		"0 s",
	]);
	expect(formatSeconds(null)).toBe("—");
});

test("formatSecondsInterval uses the estimate's unit for all three", () => {
	expect(formatSecondsInterval({ median: 0.00412, low: 0.00391, high: 0.00438 })).toBe("4.1 ms [3.9–4.4]");
	expect(formatSecondsInterval({ median: 200, low: 190, high: 220 })).toBe("3.3 min [3.2–3.7]");
	expect(formatSecondsInterval({ median: null, low: 2, high: null })).toBe("at least 2 s");
	expect(formatSecondsInterval({ median: null, low: null, high: null })).toBe("—");
});

test("formatRatio", () => {
	expect([1.23, 0.92, 1.004, 2.41, 0.25].map((ratio) => formatRatio(ratio))).toEqual([
		"23 % more",
		"8 % less",
		"the same",
		"2.4 times as much",
		"75 % less",
	]);
	expect(formatRatio(0.92, { less: "fewer", much: "many" })).toBe("8 % fewer");
});

test("formatRatioInterval", () => {
	const time = (estimate: number | null, low: number | null, high: number | null) =>
		formatRatioInterval({ estimate, low, high }, { noun: "time", less: "less", much: "much" });
	const examples = (estimate: number, low: number, high: number) =>
		formatRatioInterval({ estimate, low, high }, { noun: "examples", less: "fewer", much: "many" });
	expect(time(1.15, 1.05, 1.25)).toBe("15 % [5–25 %] more time");
	expect(examples(0.92, 0.87, 0.96)).toBe("8 % [4–13 %] fewer examples");
	expect(examples(2.41, 2.1, 2.8)).toBe("2.4 [2.1–2.8] times as many examples");
	expect(time(1.02, 0.97, 1.08)).toBe("about as much time (3 % less to 8 % more)");
	expect(time(4.4, 0.49, 7.3)).toBe("4.4 times as much time (51 % less to 7.3 times as much)");
	expect(time(1.3, 0.9, 1.9)).toBe("30 % more time (10 % less to 90 % more)");
	expect(time(0.8, 0.5, 1.2)).toBe("20 % less time (50 % less to 20 % more)");
	expect(time(1.15, null, 1.3)).toBe("15 % more time");
	expect(time(1, null, null)).toBe("about as much time");
	expect(time(null, null, null)).toBeNull();
});

test("an interval that is next to nothing doesn't show digits that no measurement has", () => {
	expect(formatSecondsInterval({ estimate: 1.988636372e-6, low: 1.988636353e-6, high: 1.988636391e-6 })).toBe(
		"1.98864 µs [1.98864–1.98864]",
	);
});
