import { expect, test } from "vitest";
import { climb, highestOf } from "./climb.js";

/** Climbs a hill from a rate: where it ends, and the rates in the order in which they were tried. */
function climbFrom(start: number, strides: readonly number[], height: (rate: number) => number, enough = Number.POSITIVE_INFINITY) {
	const heights = new Map([[start, height(start)]]);
	const climbing = climb(
		strides,
		() => highestOf(heights),
		function* (sides) {
			yield []; // nothing is trained here
			for (const side of sides) if (!heights.has(side)) heights.set(side, height(side));
			return height(highestOf(heights)) >= enough;
		},
	);
	while (!climbing.next([]).done);
	return { top: highestOf(heights), tried: [...heights.keys()] };
}

test("goes on with a stride for as long as it leads higher, then with the next", () => {
	const { top, tried } = climbFrom(0, [4, 2, 1], (rate) => -Math.abs(rate - 7));
	expect(top).toBe(7);
	expect(tried).toEqual([0, -4, 4, 8, 12, 6, 10, 7, 9]);
});

test("stays where a side is no higher", () => {
	expect(climbFrom(3, [2, 1], () => 0)).toEqual({ top: 3, tried: [3, 1, 5, 2, 4] });
});

test("ends as soon as it is said to be enough", () => {
	expect(climbFrom(0, [4, 2, 1], (rate) => rate, 8)).toEqual({ top: 8, tried: [0, -4, 4, 8] });
});
