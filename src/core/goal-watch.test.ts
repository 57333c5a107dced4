import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Goal, meetsGoalAt } from "./goal.js";
import { GoalWatch } from "./goal-watch.js";
import { nextLook } from "./looks.js";
import { mean } from "./mean.js";
import type { TrialSpec } from "./trial.js";

const goal: Goal = { metric: "validation.accuracy", atLeast: 0.9 };

/** Looks after every step until the watch says that it is over; the last value stays. */
function follow(
	accuracies: readonly number[],
	{ until = "goal", cap = 100, ...rest }: Partial<Pick<TrialSpec, "until" | "cap"> & Goal> = {},
) {
	const watch = new GoalWatch({ ...goal, ...rest }, until);
	let step = 0;
	while (!watch.isOver(step, cap)) {
		step++;
		watch.look({ step, examples: 4 * step, metrics: { "validation.accuracy": accuracies[Math.min(step, accuracies.length) - 1] } });
	}
	return { first: watch.first, reached: watch.reached, end: step };
}

const low = (count: number): number[] => Array.from({ length: count }, () => 0.5);

describe("GoalWatch", () => {
	test("the goal is reached where the mean over the last tenth of the steps meets it", () => {
		// At step 33 the window holds the looks at 31, 32 and 33: their mean is 0.903.
		const { first, reached, end } = follow([...low(30), 0.94, 0.85, 0.92]);
		expect(first).toEqual({ after: 30, step: 31, examples: 124 });
		expect(reached).toEqual({ after: 32, step: 33, examples: 132 });
		expect(end).toBe(33);
	});

	test("a lucky look alone doesn't reach it", () => {
		expect(follow([...low(30), 0.95, ...low(20)], { cap: 50 })).toMatchObject({ first: { step: 31 }, reached: null, end: 50 });
	});

	test("below eleven steps the window holds one look", () => {
		expect(follow([0.5, 0.95, 0.2])).toMatchObject({ first: { step: 2 }, reached: { step: 2 }, end: 2 });
	});

	test("`window: 1` is the first crossing", () => {
		expect(follow([...low(29), 0.95], { window: 1 })).toMatchObject({ reached: { step: 30 }, end: 30 });
	});

	test("values that each meet the goal exactly meet it together, however their sum is rounded", () => {
		for (const atLeast of [0.93, 0.1, 0.7, 0.57]) {
			const { reached } = follow([...low(40).fill(0), ...low(8).fill(atLeast)], { atLeast, window: 1.2 });
			expect(reached?.step).toBe(48);
		}
	});

	test("without the goal a run is over at its cap; asked to go there, it does so past the goal", () => {
		expect(follow([0.1], { cap: 7 })).toEqual({ first: null, reached: null, end: 7 });
		expect(follow([0.1, 0.95], { until: "cap", cap: 9 })).toMatchObject({ first: { step: 2 }, reached: { step: 2 }, end: 9 });
	});

	test("a metric that wasn't measured doesn't meet a goal", () => {
		const watch = new GoalWatch({ metric: "train.loss", atMost: 1 }, "goal");
		watch.look({ step: 1, examples: 1, metrics: { "train.accuracy": 1 } });
		expect([watch.first, watch.reached]).toEqual([null, null]);
	});

	test("agrees with the definition, for every kind of goal", () => {
		const kinds = fc.constantFrom<Goal>(
			{ metric: "validation.accuracy", atLeast: 0.5 },
			{ metric: "validation.error", atMost: 0.5 },
			{ metric: "train.loss", atMost: 0.5 },
		);
		const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 120 });
		fc.assert(
			fc.property(kinds, values, fc.constantFrom(1, 1.1, 1.5, 2), fc.constantFrom(1, 1.05, 1.2), (kind, measured, window, ratio) => {
				const looks: { step: number; value: number }[] = [];
				for (let step = 1; looks.length < measured.length; step = nextLook(step, ratio))
					looks.push({ step, value: measured[looks.length] });
				const watch = new GoalWatch({ ...kind, window }, "goal");
				const name = kind.metric === "train.loss" ? "train.loss" : "validation.accuracy";
				for (const { step, value } of looks) watch.look({ step, examples: step, metrics: { [name]: value } });
				const reached = looks.find(({ step }) =>
					meetsGoalAt(
						kind,
						mean(looks.filter((look) => look.step === step || (look.step < step && look.step * window > step)).map(({ value }) => value)),
					),
				);
				expect(watch.reached?.step ?? null).toBe(reached?.step ?? null);
			}),
		);
	});
});
