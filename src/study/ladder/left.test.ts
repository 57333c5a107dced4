import { expect, test } from "vitest";
import { looksOf } from "../../../test/fixtures/power-law.js";
import { type Curve, curveOf, goalHeight, noCurve, timesTo } from "./curve.js";
import { heightAtStart, leftOf } from "./left.js";

const goal = { metric: "train.loss", atMost: 0.1, window: 1 } as const;
const height = goalHeight(goal);
const climb = { whole: 33, power: 0.3, mostPaced: 12 };
const left = (run: Curve, goal: number, start: number): number => leftOf(run, goal, start, climb);
const curve = (lossAt: (step: number) => number, until: number): Curve => curveOf(goal, 1.02, looksOf(lossAt, until));

test("runs begin at the highest first look, of those that were looked at from the start", () => {
	const late = { ...curve(() => 0.2, 50), beginsLate: true };
	expect(heightAtStart([curve(() => 4, 5), curve(() => 2, 5), noCurve, late])).toBeCloseTo(-Math.log(2), 9);
	expect(heightAtStart([late, noCurve])).toBe(Number.NEGATIVE_INFINITY);
});

test("what is left falls from `whole` to 1, evenly over the height, and less where the pace is high", () => {
	const start = 0;
	const at = (share: number, pace: number): Curve => ({ ...noCurve, at: share * height, pace });
	expect(left(at(1, 0.1), height, start)).toBe(1);
	// So slow that the pace counts for no more than it may: a factor of 12^0.3.
	const [quarter, half] = [left(at(0.25, 0.01), height, start), left(at(0.5, 0.01), height, start)];
	expect(quarter / 33 ** 0.75 / 12 ** 0.3).toBeCloseTo(1, 9);
	expect(half / 33 ** 0.5 / 12 ** 0.3).toBeCloseTo(1, 9);
	// As high, and fast enough to be there in twice as many steps.
	expect(left(at(0.5, (0.5 * height) / Math.log(2)), height, start) / 33 ** 0.5 / 2 ** 0.3).toBeCloseTo(1, 9);
	// Below where runs begin: no further away than there.
	expect(left(at(-3, 0.01), height, start)).toBe(left(at(0, 0.01), height, start));
});

test("a run that stands still for a while isn't taken to be hopeless: what it has climbed counts", () => {
	const still = { ...noCurve, at: 0.8 * height, pace: 0 };
	expect(timesTo(still, height)).toBe(1000);
	expect(left(still, height, 0) / 33 ** 0.2 / 12 ** 0.3).toBeCloseTo(1, 9);
});

test("where it isn't known where runs begin, or the goal lies lower, the pace decides; and where it alone is to", () => {
	const run = curve((step) => step ** -0.3, 33);
	expect(timesTo(run, height)).toBeGreaterThan(2);
	expect(left(run, height, Number.NEGATIVE_INFINITY)).toBe(timesTo(run, height));
	expect(left(run, height, height + 1)).toBe(timesTo(run, height));
	expect(leftOf(run, height, -5, null)).toBe(timesTo(run, height));
});
