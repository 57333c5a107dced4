import { expect, test } from "vitest";
import { Memo } from "./memo.js";

test("a value is kept for its key for as long as it fits, and each key has its own", () => {
	const memo = new Memo<object, number>();
	const [one, other] = [{}, {}];
	const get = (key: object, fits: boolean, value: number) =>
		memo.get(
			key,
			() => fits,
			() => value,
		);
	expect(get(one, true, 1)).toBe(1);
	expect(get(one, true, 2)).toBe(1);
	expect(get(other, true, 3)).toBe(3);
	expect(get(one, false, 4)).toBe(4);
	expect(get(one, true, 5)).toBe(4);
});
