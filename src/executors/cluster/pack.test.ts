import { expect, test } from "vitest";
import { packed } from "./pack.js";

const trials = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const sizes = (count: number, slots: number, seconds: number | null): readonly number[] =>
	packed(trials(count), slots, seconds).map(({ length }) => length);

test("short trials share jobs, as many as may run at once; long ones, and those of unknown length, have one each", () => {
	expect(sizes(10, 4, 0.01)).toEqual([3, 3, 3, 1]);
	expect(sizes(3, 4, 0.01)).toEqual([1, 1, 1]);
	expect(sizes(300, 2, 0)).toEqual([64, 64, 64, 64, 44]);
	expect(sizes(40, 2, 5)).toEqual(Array.from({ length: 10 }, () => 4));
	expect(sizes(5, 2, 3600)).toEqual([1, 1, 1, 1, 1]);
	expect(sizes(3, 1, null)).toEqual([1, 1, 1]);
});

test("every trial is in one job, in order", () => {
	expect(packed(trials(23), 4, 0.5).flat()).toEqual(trials(23));
});
