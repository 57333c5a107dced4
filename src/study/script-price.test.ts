import { expect, test } from "vitest";
import { middleOf, type Pace, stepSpan } from "./pace.js";
import { resolveStudy, studyHash } from "./resolve.js";
import { scriptPrice } from "./script-price.js";

const pace = (over: Partial<Pace> = {}): Pace => ({ steps: new Map([[32, 0.01]]), startUp: 2, trial: null, by: "init", ...over });
const study = (over: object = {}) =>
	resolveStudy(
		{
			version: 1,
			workload: { command: ["python3", "train.py", "{batchSize}", "{learningRate}"], examples: 3200 },
			goal: { metric: "validation.accuracy", atLeast: 0.9 },
			batchSizes: [8, 32, 128],
			limits: { steps: 2000, epochs: 1 },
			budget: { trials: 40 },
			...over,
		},
		async () => {
			throw new Error("no data is asked for");
		},
		{ locate: (path) => path, findCommand: async () => ({ sha256: "abc", files: [], readsTrial: true }) },
	);

test("a step at another size takes as long as the one that was measured, or longer or shorter in proportion", () => {
	expect(stepSpan(pace(), 32)).toEqual({ low: 0.01, high: 0.01 });
	expect(stepSpan(pace(), 128)).toEqual({ low: 0.01, high: 0.04 });
	expect(stepSpan(pace(), 8)).toEqual({ low: 0.0025, high: 0.01 });
	expect(
		stepSpan(
			pace({
				steps: new Map([
					[32, 0.01],
					[256, 0.02],
				]),
			}),
			128,
		),
	).toEqual({ low: 0.01, high: 0.02 });
	expect(middleOf({ low: 1, high: 4 })).toBeCloseTo(2, 12);
});

test("trials are guessed by four epochs and a hundred steps of the middle size, and end at their limit at the latest", async () => {
	const price = scriptPrice(await study({ budget: { trainings: 40 } }), pace(), 40, 2);
	// 100 + 4 · 3200/32 steps of 10 ms, and two seconds to start; at most 2,000 steps of 40 ms.
	expect(price).toMatchObject({ by: "init", trial: { low: 7, high: 7 }, longestTrial: 82, guessedSteps: 500 });
	expect(price.study).toEqual({ low: 140, high: 140 });
	expect(price.studyAtMost).toBe(1640);
	// A ladder takes as long as so many trainings, however many trials it has.
	const ladder = await study({ budget: { trainings: 20 } });
	expect(scriptPrice(ladder, pace(), 48, 2).study).toEqual({ low: 70, high: 70 });
});

test("earlier trials say how long trials take; a limit in seconds and a budget cut both short", async () => {
	const price = scriptPrice(
		await study({ limits: { steps: 2000, seconds: 30 }, budget: { trainings: 40, seconds: 600 } }),
		pace({ trial: 20, by: "trials" }),
		40,
		1,
	);
	expect(price).toMatchObject({
		trial: { low: 20, high: 20 },
		longestTrial: 30,
		study: { low: 600, high: 600 },
		studyAtMost: 600,
		guessedSteps: null,
	});
});

test("what init measured is no part of what the study asks", async () => {
	const workload = { command: ["python3", "train.py", "{batchSize}", "{learningRate}"], examples: 3200 };
	const measured = { batchSize: 32, secondsPerStep: 0.01, startUp: 2 };
	expect(studyHash(await study({ workload: { ...workload, measured } }))).toBe(studyHash(await study()));
});
