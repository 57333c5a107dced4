import { describe, expect, test } from "vitest";
import { foldedRuns } from "./folded-runs.js";

const run = (...points: readonly (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));

describe("runs as one curve", () => {
	test("the median and the middle half of them at every place", () => {
		const runs = [1, 2, 3, 4, 9].map((y) => run([1, y], [2, 2 * y]));
		expect(foldedRuns(runs)).toEqual([
			{ x: 1, median: 3, low: 2, high: 4 },
			{ x: 2, median: 6, low: 4, high: 8 },
		]);
	});

	test("one run is itself and has no band; no runs are no curve", () => {
		expect(foldedRuns([run([1, 5], [3, 4])])).toEqual([
			{ x: 1, median: 5, low: null, high: null },
			{ x: 3, median: 4, low: null, high: null },
		]);
		expect(foldedRuns([[], []])).toEqual([]);
	});

	test("a run that has ended stays at its last value: the median crosses the goal where half of the runs have", () => {
		// Each falls by one a step and ends at 0: after 2, 4, 6 and 8 steps, with another one after 10.
		const runs = [2, 4, 6, 8, 10].map((steps) => run(...Array.from({ length: steps }, (_, i) => [i + 1, steps - i - 1] as const)));
		const folded = foldedRuns(runs);
		expect(folded.find(({ median }) => median === 0)?.x).toBe(6);
		expect(folded.at(-1)?.x).toBe(8); // three quarters have ended
		expect(folded.map(({ median }) => median)).toEqual([5, 4, 3, 2, 1, 0, 0, 0]);
	});

	test("looks at different places are joined by lines", () => {
		expect(foldedRuns([run([1, 0], [3, 2]), run([1, 0], [2, 3], [3, 4])])[1]).toEqual({ x: 2, median: 2, low: 1.5, high: 2.5 });
	});

	test("it begins where every run has been looked at", () => {
		expect(foldedRuns([run([1, 1], [4, 1]), run([3, 2], [4, 2])]).map(({ x }) => x)).toEqual([3, 4]);
	});

	test("where one of several blows up, the median stays where it was", () => {
		const calm = [1, 2, 3].map((y) => run([1, y], [2, y]));
		const folded = foldedRuns([...calm, run([1, 2], [2, 1e20])]);
		expect(folded[1].median).toBe(2.5);
	});
});
