import { describe, expect, test } from "vitest";
import { Curves, keepAll } from "./curves.js";
import type { Curve } from "./run.js";

function curveOf(keep: "whole" | "thinned", points: Iterable<readonly [at: number, value: number]>): Curve {
	const curves = new Curves(() => keep);
	for (const [at, value] of points) curves.add("lr", "updates", at, value, at / 10);
	const curve = curves.done().get("lr");
	if (!curve) throw new Error("a curve was expected");
	return curve;
}

const steps = (count: number, value: (step: number) => number) =>
	Array.from({ length: count }, (_, i): readonly [number, number] => [i + 1, value(i + 1)]);

describe("a curve that is thinned", () => {
	test("has all of its first thousand points, then one in each hundredth of the way, and the last", () => {
		const { at, values, seconds } = curveOf(
			"thinned",
			steps(50_000, (step) => 1 / step),
		);
		expect([...at.subarray(0, 1000)]).toEqual(steps(1000, () => 0).map(([step]) => step));
		expect(at.length).toBeLessThan(1000 + Math.log(50) / Math.log(1.01) + 10);
		expect(at.slice(1000).every((step, i) => step <= 1.0101 * at[999 + i] + 1)).toBe(true);
		expect([at.at(-1), values.at(-1), seconds.at(-1)]).toEqual([50_000, 1 / 50_000, 5000]);
		expect(at.every((step, i) => values[i] === 1 / step)).toBe(true);
	});

	test("keeps its peak, wherever it lies, and what is not finite", () => {
		const peak = curveOf(
			"thinned",
			steps(50_000, (step) => 1 - Math.abs(step - 33_333) / 50_000),
		);
		expect(peak.values.reduce((most, value) => Math.max(most, value), 0)).toBe(1);
		const broken = curveOf(
			"thinned",
			steps(5000, (step) => (step === 4321 ? Number.NaN : 1)),
		);
		expect(broken.at[broken.values.findIndex(Number.isNaN)]).toBe(4321);
	});
});

test("a whole curve has every point, and where it goes back the later ones stay", () => {
	const begun = steps(3000, () => 1);
	const again = [1500, 1600].map((at): readonly [number, number] => [at, 2]);
	const { at, values } = curveOf("whole", [...begun, ...again]);
	expect([at.length, at[1498], at[1499], at[1500], values[1499]]).toEqual([1501, 1499, 1500, 1600, 2]);
});

test("the curves of two files are as those of one", () => {
	const [first, second] = [steps(30, () => 1), steps(40, () => 2).slice(20)];
	const both = new Curves(keepAll);
	for (const part of [first, second]) both.addAll("lr", curveOf("whole", part), "updates");
	expect(both.done().get("lr")).toEqual(curveOf("whole", [...first, ...second]));
});
