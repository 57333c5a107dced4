import { describe, expect, test } from "vitest";
import { type RateSchedule, rateFactor } from "./learning-rate.js";

/** The factor of step `t`, from 0, where an epoch has ten steps. */
const factor = (schedule: RateSchedule, t: number) => rateFactor(schedule, at(t), at(t + 1));
/** Where an epoch has ten steps of ten examples, and 40 are planned. */
const at = (t: number) => ({ steps: t, examples: 10 * t, epochs: t / 10, horizon: t / 40 });
const factors = (schedule: RateSchedule, count: number) => Array.from({ length: count }, (_, t) => factor(schedule, t));

describe("rateFactor", () => {
	test("nothing asked: constant", () => {
		expect(factors({}, 3)).toEqual([1, 1, 1]);
	});

	test("step: at equal distances, and at places, in steps and in epochs", () => {
		expect(factors({ learningRate: { step: { factor: 0.5, steps: 2 } } }, 7)).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25, 0.125]);
		expect(factors({ learningRate: { step: { factor: 0.5, steps: [1, 4] } } }, 6)).toEqual([1, 0.5, 0.5, 0.5, 0.25, 0.25]);
		const inEpochs: RateSchedule = { learningRate: { step: { factor: 0.1, epochs: [3, 6] } } };
		expect([29, 30, 59, 60, 1000].map((t) => factor(inEpochs, t))).toEqual([1, 0.1, 0.1, 0.1 * 0.1, 0.1 * 0.1]);
		expect(factor({ learningRate: { step: { factor: 0.5, steps: 1 } } }, 1_000_000)).toBe(0); // and in no time
	});

	test("cosine: half way down in the middle, and there it stays at its end", () => {
		const schedule: RateSchedule = { learningRate: { cosine: { epochs: 2, to: 0.2 } } };
		expect(factor(schedule, 0)).toBe(1);
		expect(factor(schedule, 5)).toBeCloseTo(0.2 + 0.8 * 0.5 * (1 + Math.SQRT1_2), 14);
		expect(factor(schedule, 10)).toBeCloseTo(0.6, 15);
		expect([20, 21, 5000].map((t) => factor(schedule, t))).toEqual([0.2, 0.2, 0.2]);
	});

	test("along the planned length: linear, cosine, steps and warm-up", () => {
		expect([0, 10, 20, 35].map((t) => factor({ learningRate: { linear: { horizon: 1, to: 0 } } }, t))).toEqual([1, 0.75, 0.5, 0.125]);
		expect([0, 20, 40, 50].map((t) => factor({ learningRate: { linear: { epochs: 4, to: 0.5 } } }, t))).toEqual([1, 0.75, 0.5, 0.5]);
		expect(factor({ learningRate: { cosine: { horizon: 1, to: 0 } } }, 20)).toBeCloseTo(0.5, 15);
		expect([19, 20, 30].map((t) => factor({ learningRate: { step: { factor: 0.1, horizon: [0.5, 0.75] } } }, t))).toEqual([
			1,
			0.1,
			0.1 * 0.1,
		]);
		expect([0, 3, 4].map((t) => factor({ warmUp: { horizon: 0.1 } }, t))).toEqual([0.25, 1, 1]);
	});

	test("stable-decay: constant, then down as 1 − √ over the last share of the planned length", () => {
		const schedule: RateSchedule = { learningRate: { "stable-decay": { cooldown: 0.4, to: 0 } } };
		expect([0, 23, 24].map((t) => factor(schedule, t))).toEqual([1, 1, 1]);
		expect([28, 32, 36, 40].map((t) => factor(schedule, t))).toEqual([0.25, 0.5, 0.75, 1].map((r) => expect.closeTo(1 - Math.sqrt(r), 12)));
		expect(factor({ learningRate: { "stable-decay": { cooldown: 0.4, to: 0.2 } } }, 28)).toBeCloseTo(0.2 + 0.8 * 0.5, 12);
	});

	test("inverse square root: falls after its span, to a half at four times as far", () => {
		const schedule: RateSchedule = { learningRate: { "inverse-square-root": { steps: 4 } } };
		expect(factors(schedule, 5)).toEqual([1, 1, 1, 1, Math.sqrt(4 / 5)]);
		expect(factor(schedule, 15)).toBe(0.5);
	});

	test("warm-up: linear from its first part, multiplies the others, whose clock runs from the start", () => {
		expect(factors({ warmUp: { steps: 4 } }, 6)).toEqual([0.25, 0.5, 0.75, 1, 1, 1]);
		expect(factor({ warmUp: { epochs: 2 } }, 4)).toBe(0.25);
		expect(factors({ warmUp: { examples: 40 } }, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
		const both: RateSchedule = { warmUp: { steps: 4 }, learningRate: { step: { factor: 0.5, steps: 2 } } };
		expect(factors(both, 5)).toEqual([0.25, 0.5, 0.375, 0.5, 0.25]);
	});
});
