import { expect, test } from "vitest";
import { estimateOf, greatest, isAbove, isBelow, logOf, negated, nothing, scaled, shifted } from "./estimates.js";

const value = { estimate: 2, low: 1, high: null };

test("a rising function keeps the ends, a turned sign swaps them, an open end stays open", () => {
	expect(scaled(value, 3)).toEqual({ estimate: 6, low: 3, high: null });
	expect(shifted(value, -1)).toEqual({ estimate: 1, low: 0, high: null });
	expect(logOf({ estimate: Math.E, low: 1, high: null })).toEqual({ estimate: 1, low: 0, high: null });
	expect(negated(value)).toEqual({ estimate: -2, low: null, high: -1 });
	for (const of of [scaled, shifted]) expect(of(nothing, 2)).toEqual(nothing);
});

test("an interval lies above or below a limit only as a whole, and never with that end open", () => {
	expect([isAbove(value, 0.5), isAbove(value, 1), isBelow(value, 1e9)]).toEqual([true, false, false]);
	expect([isBelow(negated(value), -0.5), isBelow(negated(value), -1)]).toEqual([true, false]);
	expect([isAbove(nothing, 0), isBelow(nothing, 0)]).toEqual([false, false]);
});

test("no estimate is NaN; the greatest is the first of equals", () => {
	expect(estimateOf(nothing)).toBeNaN();
	expect(greatest([1, 3, -3, 2], Math.abs)).toBe(3);
});
