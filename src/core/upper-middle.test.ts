import { expect, test } from "vitest";
import { upperMiddle } from "./upper-middle.js";

test("the middle of an odd number, the upper one of an even number, in any order", () => {
	expect(upperMiddle([5, 1, 3])).toBe(3);
	expect(upperMiddle([4, 1, 3, 2])).toBe(3);
	expect(upperMiddle([])).toBeUndefined();
});

test("values that are not known count as larger than any", () => {
	expect(upperMiddle([9, 7], 3)).toBe(9);
	expect(upperMiddle([9, 7], 4)).toBeUndefined();
});
