import { expect, test } from "vitest";
import { looksOf } from "../../../test/fixtures/power-law.js";
import { type Arm, newArm } from "./arm.js";
import { curveOf, goalHeight } from "./curve.js";
import { apart, driftOf, type Judge, rateAtSize } from "./drift.js";

const goal = { metric: "train.loss", atMost: 0.1, window: 1 } as const;
const bend = { rate: 0.2, size: 0.1 };

const judge = (drifts: { readonly rateDrift?: number; readonly lossDrift?: number }): Judge => ({
	price: (batchSize) => batchSize,
	goal: goalHeight(goal),
	slope: 1.5,
	expected: { bend, rateDrift: 0, lossDrift: 0, kept: 1, firstShare: 1, spareAbove: 0, ...drifts },
});

/** Its loss falls as 1/√s, so that it has 0.1 at 100 steps; `times` as slowly. */
function arm(batchSize: number, rate: number, until: number, times = 1): Arm {
	const looks = looksOf((step) => (step / times) ** -0.5, until);
	return { ...newArm(batchSize, rate as Arm["rate"], {}), steps: until, curve: curveOf(goal, 1.02, looks) };
}

test("distances are doublings, and octaves beyond those that the size explains", () => {
	const { size, rate } = apart(arm(8, -4, 5), arm(32, 1, 5), { slope: 1.5 });
	expect(size).toBeCloseTo(2, 12);
	expect(rate).toBeCloseTo(1, 12);
});

test("the cost over the leader's changes as that of a bowl whose least moves", () => {
	const lead = arm(16, -4, 25);
	const octave = arm(16, -2, 25);
	// Four times as far is two doublings: the least moves by d = 0.2 octaves.
	const d = 0.2;
	const change = bend.rate * ((1 - d) ** 2 - 1 - d ** 2);
	expect(driftOf(lead, octave, judge({ rateDrift: 0.1 }))).toBeCloseTo(change, 2);
	expect(driftOf(lead, arm(16, -6, 25), judge({ rateDrift: 0.1 }))).toBeCloseTo(-change, 2);
	expect(driftOf(lead, lead, judge({ rateDrift: 0.1, lossDrift: 1 }))).toBeCloseTo(0, 12);
});

test("the loss that is left counts from where the two are compared, and larger batches get better", () => {
	const lead = arm(16, -4, 25);
	// The loss has to halve from where the leader is; from where the slower one is, to a quarter.
	const near = driftOf(lead, arm(16, -2, 25), judge({ lossDrift: 0.5 }));
	const far = driftOf(lead, arm(16, -2, 25, 4), judge({ lossDrift: 0.5 }));
	expect(near / (-2 * bend.rate * 0.5)).toBeGreaterThan(Math.log(2));
	expect((far - near) / (-2 * bend.rate * 0.5)).toBeCloseTo(Math.log(2), 2);
	// The same step at twice the size is a distance in size alone.
	const larger = driftOf(lead, arm(32, -4 + 1.5, 25), judge({ rateDrift: 5 }));
	expect(larger).toBeLessThan(0);
	expect(larger).toBeGreaterThan(-0.2);
});

test("far from the leader the bowl isn't known, so that a cost changes by a factor of 1.65 at most; not at all at the goal", () => {
	expect(driftOf(arm(16, -4, 2), arm(16, 4, 2), judge({ rateDrift: 1 }))).toBe(-0.5);
	expect(driftOf(arm(16, -4, 400), arm(16, 4, 400), judge({ rateDrift: 1, lossDrift: 1 }))).toBeCloseTo(0, 12);
	const unseen = { ...arm(16, 0, 1), curve: curveOf(goal, 1.02, []) };
	expect(Number.isFinite(driftOf(arm(16, -4, 2), unseen, judge({ lossDrift: 1 })))).toBe(true);
});

test("what a rate suggests at another size is the same between any two sizes: between two half octaves it is rounded up", () => {
	const sizes = Array.from({ length: 12 }, (_, i) => 2 ** i);
	for (const batchSize of sizes) {
		const from = { batchSize, rate: -7 };
		expect([2, 4, 8].map((times) => rateAtSize(from, times * batchSize, { slope: 1.5 }))).toEqual([-5, -4, -2]);
		expect([2, 4, 8].map((times) => rateAtSize(from, batchSize / times, { slope: 1.5 }))).toEqual([-8, -10, -11]);
		expect([2, 1, 1 / 2].map((times) => rateAtSize(from, times * batchSize, { slope: 1 }))).toEqual([-6, -7, -8]);
	}
	expect(rateAtSize({ batchSize: 48, rate: 0 }, 64, { slope: 1.5 })).toBe(1);
});
