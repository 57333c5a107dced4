import { expect, test } from "vitest";
import { regimeOf, regimesWithin } from "./regime.js";

test("a regime ends at a quarter of the critical batch size, and begins again at four times it", () => {
	expect([1, 10, 11, 159, 160].map((batchSize) => regimeOf(batchSize, 40))).toEqual([
		"perfect scaling",
		"perfect scaling",
		"diminishing returns",
		"diminishing returns",
		"maximal data parallelism",
	]);
});

test("an interval of the critical batch size allows every regime between those of its ends, an open side all there are", () => {
	expect(regimesWithin(32, { estimate: 40, low: 31, high: 54 })).toEqual(["diminishing returns"]);
	expect(regimesWithin(12, { estimate: 40, low: 31, high: 54 })).toEqual(["perfect scaling", "diminishing returns"]);
	expect(regimesWithin(32, { estimate: 40, low: 5, high: 200 })).toHaveLength(3);
	expect(regimesWithin(32, { estimate: null, low: 40, high: null })).toEqual(["perfect scaling", "diminishing returns"]);
	expect(regimesWithin(32, { estimate: null, low: null, high: null })).toHaveLength(3);
});
