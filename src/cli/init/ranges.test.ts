import { expect, test } from "vitest";
import { ratesAround, sizesAround } from "./ranges.js";

test("the script's own rate is the middle of those that are searched", () => {
	expect(ratesAround(20)).toEqual({ from: 0.2, to: 2000 });
	expect(ratesAround(0.001)).toEqual({ from: 0.00001, to: 0.1 });
	expect(ratesAround(null)).toEqual({ from: 0.0001, to: 1 });
});

test("the script's own batch size is the middle of those that are tried, and one of them", () => {
	expect(sizesAround(64, null)).toEqual({ from: 4, to: 1024 });
	expect(sizesAround(12, null)).toEqual({ from: 3, to: 192 });
	expect(sizesAround(1, null)).toEqual({ from: 1, to: 16 });
	expect(sizesAround(64, 640)).toEqual({ from: 4, to: 640 });
	expect(sizesAround(64, 50)).toEqual({ from: 8, to: 50 });
	expect(sizesAround(null, 4)).toEqual({ from: 4, to: 4 });
	expect(sizesAround(50, null)).toEqual({ from: 3, to: 800 });
});
