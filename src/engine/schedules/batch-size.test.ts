import { expect, test } from "vitest";
import { type BatchSchedule, batchSizeAt } from "./batch-size.js";

/** The batch size at step `t` where an epoch has ten steps, from 6 at first, of 100 examples. */
const at = (schedule: BatchSchedule, t: number) =>
	batchSizeAt(schedule, 6, 100, { steps: t, examples: 10 * t, epochs: t / 10, horizon: 0 });

test("doubling: every span, up to the training set", () => {
	expect([0, 19, 20, 39, 40, 80, 81, 100_000].map((t) => at({ doubling: { epochs: 2 } }, t))).toEqual([6, 6, 12, 12, 24, 96, 96, 100]);
	expect([0, 1, 2, 3].map((t) => at({ doubling: { steps: 1 } }, t))).toEqual([6, 12, 24, 48]);
});

test("step: at marks, to the nearest whole number, never below 1", () => {
	expect([2, 3, 7, 8].map((t) => at({ step: { factor: 5, steps: [3, 8] } }, t))).toEqual([6, 30, 30, 100]);
	expect([0, 1, 2, 3].map((t) => at({ step: { factor: 1.25, steps: 1 } }, t))).toEqual([6, 8, 9, 12]); // 6, 7.5, 9.375, 11.7
	expect(at({ step: { factor: 0.1, epochs: 1 } }, 40)).toBe(1);
});
