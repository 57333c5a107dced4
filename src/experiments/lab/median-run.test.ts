import { expect, test } from "vitest";
import { curveLines, medianRun } from "./median-run.js";

const run = (last: number) => ({ train: [9, last / 2], heldOut: [9, last] });

test("the median run is the one of median last figure, the lower middle one of an even number", () => {
	expect(medianRun([3, 1, 2], (last) => last)).toBe(2);
	expect(medianRun([4, 3, 1, 2], (last) => last)).toBe(2);
	expect(medianRun([], () => 0)).toBeUndefined();
});

test("its curves are drawn over those of the others, as many as are asked for, in their own order", () => {
	const runs = [run(5), run(1), run(4), run(2), run(3)];
	const lines = curveLines(runs, (one) => one, 10, 2);
	expect(lines.map(({ weight }) => weight)).toEqual(["faint", "faint", "compared", "strong"]);
	const at = (last: number) => [
		[0, 9],
		[10, last],
	];
	expect(lines.map(({ points }) => points)).toEqual([at(5), at(1), at(1.5), at(3)]);
	expect(curveLines(runs, (one) => one)).toHaveLength(6);
	expect(curveLines([], run)).toEqual([]);
});
