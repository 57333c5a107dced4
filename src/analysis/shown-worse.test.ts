import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { shownWorse } from "./shown-worse.js";

describe("shownWorse", () => {
	test.each([
		["one size, at 2.5 %", [0.025], [true]],
		["one size, above it", [0.026], [false]],
		[
			"of four sizes the smallest share at a fourth of that, the next at a third, …",
			[0.006, 0.3, 0.008, 0.0126],
			[true, false, true, false],
		],
		["none, where the smallest share is above its bound, though others would pass theirs", [0.01, 0.012, 0.011], [false, false, false]],
		["all", [0.005, 0.025, 0.012, 0.008], [true, true, true, true]],
		["none of none", [], []],
	])("%s", (_, shares, expected) => {
		expect(shownWorse(shares)).toEqual(expected);
	});

	test("calls one of ten equal sizes worse in at most one study in forty", () => {
		const rng = Rng.fromSeed(1);
		const studies = 4000;
		let wrong = 0;
		// Shares of sizes as good as the best are uniform draws; half of the ten here share theirs.
		for (let study = 0; study < studies; study++) {
			const common = rng.uniform();
			if (shownWorse(Array.from({ length: 10 }, (_, i) => (i < 5 ? common : rng.uniform()))).includes(true)) wrong++;
		}
		expect(wrong / studies).toBeLessThan(0.025 + 3 * Math.sqrt((0.025 * 0.975) / studies)); // one by one it would be 14 %
		expect(wrong / studies).toBeGreaterThan(0.005);
	});
});
