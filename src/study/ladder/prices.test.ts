import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import { trial } from "../../../test/fixtures/finished-trial.js";
import type { StepClock } from "../../core/trial.js";
import { exactSecondsPerStep } from "../seconds-per-step.js";
import type { Study } from "../study.js";
import { firstSize, likelySize, pricesOf } from "./prices.js";
import { manyExamples } from "./shape.js";

const script: Study = {
	...closedFormStudy(16, { batchSizes: [4, 16, 64] }),
	workload: { command: ["train"], directory: "/", grace: 2 },
};
const run = (batchSize: number, clock: StepClock) => ({
	batchSize,
	result: { ...trial({ phase: "ladder", batchSize, learningRate: 1, seedIndex: 0 }).result, clock },
});
/** Ten milliseconds a step, and a second to start. */
const exact = (batchSize: number) => run(batchSize, { steps: 100, seconds: 1, startUp: false });
const withStart = (batchSize: number) => run(batchSize, { steps: 5, seconds: 1.05, startUp: true });

test("a size whose runs were too short to be timed takes its time from the others, without the start of its process", () => {
	const { seconds } = pricesOf(script, null, [exact(16), withStart(4), withStart(64)]);
	expect(seconds(16)).toBeCloseTo(0.01, 12);
	expect(seconds(64)).toBeCloseTo(0.02, 12);
	expect(seconds(4)).toBeCloseTo(0.005, 12);
});

test("times with the start of the process are better than none", () => {
	const { seconds } = pricesOf(script, null, [withStart(4), withStart(16)]);
	expect(seconds(4)).toBeCloseTo(0.21, 12);
});

test("exact seconds per step are those without the start of the process", () => {
	const stepTimes = [
		{ batchSize: 4, passes: [0.01] },
		{ batchSize: 16, passes: [0.2], startUp: true },
	];
	const calibration = { machine: "a machine", stepTimes };
	expect([4, 16, 64].map((size) => exactSecondsPerStep(calibration, size))).toEqual([0.01, null, null]);
	expect(exactSecondsPerStep(null, 4)).toBeNull();
});

describe("the first size", () => {
	const batchSizes = Array.from({ length: 12 }, (_, i) => 2 ** i);
	/** A step takes as long for any batch up to about this many examples. */
	const sizesOf = (study: Study, flat: number) => {
		const stepTimes = batchSizes.map((batchSize) => ({ batchSize, passes: [1 + batchSize / flat] }));
		const prices = pricesOf(study, { machine: "none", stepTimes }, []);
		return [likelySize(study, prices), firstSize(study, prices)];
	};

	test("is a third of the likely one on many examples, and the likely one on few", () => {
		const many = closedFormStudy(manyExamples, { batchSizes });
		expect([16, 64].map((flat) => sizesOf(many, flat))).toEqual([
			[64, 16],
			[128, 32],
		]);
		expect(sizesOf(closedFormStudy(manyExamples / 2, { batchSizes }), 16)).toEqual([64, 64]);
	});

	test("is the likely one for scripts, whose steps aren't timed before they run", () => {
		const many = { ...closedFormStudy(manyExamples, { batchSizes }), workload: script.workload };
		expect(firstSize(many, pricesOf(many, null, []))).toBe(likelySize(many, pricesOf(many, null, [])));
	});
});
