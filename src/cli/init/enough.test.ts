import { expect, test } from "vitest";
import { enoughSaid } from "./enough.js";

const printed = (...lines: string[]) => ({ events: [], printed: lines });
const epoch = (number: number, figure: string) => `epoch ${number} ${figure}=0.5`;

test("the metric that is wanted, three times", () => {
	const isEnough = enoughSaid("train.loss");
	expect(isEnough(printed(epoch(1, "train_loss"), epoch(2, "train_loss")))).toBe(false);
	expect(isEnough(printed(...[1, 2, 3].map((one) => epoch(one, "val_acc"))))).toBe(false);
	expect(isEnough(printed(...[1, 2, 3].map((one) => epoch(one, "train_loss"))))).toBe(true);
	const event = (step: number) => ({ place: { step }, metrics: { "train.loss": 1 }, gradient: null, seconds: null, trial: null });
	expect(isEnough({ events: [1, 2, 3].map(event), printed: [] })).toBe(true);
});

test("where none is wanted a held-out one twenty times, or three times and six seconds later", () => {
	let now = 0;
	const isEnough = enoughSaid(null, () => now);
	const held = (count: number) => printed(...Array.from({ length: count }, (_, i) => epoch(i + 1, "val_acc")));
	expect(isEnough(held(3))).toBe(false);
	expect(isEnough(held(20))).toBe(true);
	now = 5999;
	expect(isEnough(held(4))).toBe(false);
	now = 6000;
	expect(isEnough(held(4))).toBe(true);
});

test("where none is wanted and none is held out another, ten seconds later", () => {
	let now = 0;
	const isEnough = enoughSaid(null, () => now);
	const training = printed(...[1, 2, 3].map((one) => epoch(one, "train_loss")));
	expect(isEnough(training)).toBe(false);
	now = 9999;
	expect(isEnough(training)).toBe(false);
	now = 10_000;
	expect(isEnough(training)).toBe(true);
});
