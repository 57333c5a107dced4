import { expect, test } from "vitest";
import { lastLookBy, nextLook, previousLook } from "./looks.js";

const looks = (ratio: number, until: number): number[] => {
	const all: number[] = [];
	for (let look = nextLook(0, ratio); look <= until; look = nextLook(look, ratio)) all.push(look);
	return all;
};

test("looks come after every step at first, then 21/20 apart", () => {
	expect(looks(1.05, 20)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
	expect(looks(1.05, 60).slice(-14)).toEqual([37, 38, 39, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60]);
});

test("a ratio of 1 looks after every step", () => {
	expect(looks(1, 200)).toHaveLength(200);
});

test("the look before and the last look by a step are looks themselves", () => {
	const all = looks(1.05, 1000);
	for (const [i, look] of all.entries()) {
		expect(previousLook(look, 1.05)).toBe(all[i - 1] ?? 0);
		expect(lastLookBy(look, 1.05)).toBe(look);
		expect(lastLookBy(look + 0.5, 1.05)).toBe(look);
	}
});
