import { expect, test } from "vitest";
import { looksOf } from "../../../test/fixtures/power-law.js";
import { type Arm, newArm } from "./arm.js";
import { curveOf, goalHeight } from "./curve.js";
import type { Judge } from "./drift.js";
import { standingsOf } from "./standing.js";

const goal = { metric: "train.loss", atMost: 0.1, window: 1 } as const;
const judge: Judge = {
	price: (batchSize) => batchSize,
	goal: goalHeight(goal),
	slope: 1.5,
	expected: { bend: { rate: 0.2, size: 0.1 }, rateDrift: 0, lossDrift: 0, kept: 0.5, firstShare: 1, spareAbove: 0 },
};

/** An arm at this rate that takes `times` as many steps to any loss as one whose loss falls as s^−power. */
function arm(rate: number, times: number, power: number): Arm {
	const looks = looksOf((step) => (step / times) ** -power, 200);
	return { ...newArm(16, rate as Arm["rate"], {}), steps: 200, curve: curveOf(goal, 1.02, looks) };
}

const rates = (arms: readonly Arm[]) => standingsOf(arms, judge).map(({ arm: { rate } }) => rate);

test("each costs what it spent to get where it is, as a multiple of what the first one did", () => {
	const standings = standingsOf([arm(-2, 3, 0.5), arm(0, 1, 0.5), arm(2, 2, 0.5)], judge);
	expect(standings.map(({ arm: { rate } }) => rate)).toEqual([0, 2, -2]);
	expect(standings[1].times / 2).toBeCloseTo(1, 1);
	expect(standings[2].times / 3).toBeCloseTo(1, 1);
	expect(standings[2].behind / 3).toBeCloseTo(1, 1);
});

test("luck is smoothed by the neighbours", () => {
	const bowl = (octaves: number) => Math.exp(0.2 * octaves ** 2);
	const arms = [-1, -0.5, 0, 0.5, 1].map((octaves) => arm(2 * octaves, bowl(octaves) * (octaves === 1 ? 0.78 : 1), 0.5));
	expect(Math.min(...arms.map(({ curve }) => curve.at))).toBeLessThan(arms[4].curve.at);
	expect(rates(arms)[0]).not.toBe(2);
});

test("arms that are far apart and seem equal, since no run has moved, don't show where the best one is", () => {
	const arms = [-12, -8, -4, 0, 4, 8, 12].map((rate, i) => arm(rate, 1 + 0.03 * (6 - i), 0.01));
	expect(rates(arms)).toEqual([12, 8, 4, 0, -4, -8, -12]);
});
