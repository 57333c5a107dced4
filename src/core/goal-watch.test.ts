import { describe, expect, test } from "vitest";
import type { Goal } from "./goal.js";
import { GoalWatch } from "./goal-watch.js";
import type { TrialSpec } from "./trial.js";

const goal: Goal = { metric: "validation.accuracy", atLeast: 0.9 };

/** Looks after every step until the watch says it is over; returns the watch and the step it ended at. */
function follow(accuracies: readonly number[], until: TrialSpec["until"], cap = 100): { readonly watch: GoalWatch; readonly end: number } {
	const watch = new GoalWatch(goal, until);
	let step = 0;
	while (!watch.isOver(step, cap)) {
		step++;
		watch.look({ step, examples: 4 * step, metrics: { "validation.accuracy": accuracies[Math.min(step, accuracies.length) - 1] } });
	}
	return { watch, end: step };
}

describe("GoalWatch", () => {
	test("a first crossing is the look that meets the goal, known to lie after the look before", () => {
		const { watch, end } = follow([0.1, 0.5, 0.95, 0.2], "first");
		expect(watch.first).toEqual({ after: 2, step: 3, examples: 12 });
		expect(watch.sustained).toBeNull();
		expect(end).toBe(3);
	});

	test("a sustained crossing is the first of three looks in a row that all meet it", () => {
		const { watch, end } = follow([0.1, 0.2, 0.2, 0.95, 0.2, 0.9, 0.9, 0.9], "sustained");
		expect(watch.first?.step).toBe(4);
		expect(watch.sustained).toEqual({ after: 5, step: 6, examples: 24 });
		expect(end).toBe(8);
	});

	test("waits for it up to twice the first crossing, beyond the cap if need be", () => {
		const { watch, end } = follow([0.1, 0.1, 0.1, 0.1, 0.95, 0.2], "sustained", 5);
		expect([watch.first?.step, watch.sustained, end]).toEqual([5, null, 10]);
	});

	test("without the goal, a run is over at its cap", () => {
		const { watch, end } = follow([0.1], "sustained", 7);
		expect([watch.first, end]).toEqual([null, 7]);
	});

	test("asked to go to its cap, it does so whatever the goal", () => {
		const { watch, end } = follow([0.1, 0.95], "cap", 9);
		expect([watch.first?.step, watch.sustained, end]).toEqual([2, null, 9]);
	});

	test("a metric that is no number doesn't meet a goal", () => {
		const watch = new GoalWatch({ metric: "train.loss", atMost: 1 }, "first");
		watch.look({ step: 1, examples: 1, metrics: { "train.accuracy": 1 } });
		expect(watch.first).toBeNull();
	});
});
