import { expect, test } from "vitest";
import { innerDomain } from "./curve-domain.js";

test("leaves out a hundredth at either end", () => {
	expect(innerDomain(Array.from({ length: 200 }, (_, i) => 199 - i))).toEqual([2, 197]);
	expect(innerDomain([3, 1, 2])).toEqual([1, 3]);
});
