import { type Goal, goalMetric, meetsGoalAt, windowOf } from "./goal.js";
import type { Crossing, Evaluation, TrialSpec } from "./trial.js";

/**
 * Follows a run's looks: when one first met the goal, when the goal counts as reached, and whether the run has anything left to wait for.
 *
 * **The goal is reached** at the first look s where the mean of the metric over the looks in (s/w, s] meets it (w: `goal.window`). A single
 * look is a noisy measurement, and the first of many that meets the goal is a lucky one, the more so the noisier the steps: small batches
 * would be flattered. Over a window that grows with s, noise averages out and progress hardly shows. docs/goal.md compares rules by how far
 * the test metric lies from the goal where they say that it was reached.
 */
export class GoalWatch {
	/** The first look that met the goal. */
	first: Crossing | null = null;
	/** The look at which the goal counts as reached: steps-to-target. */
	reached: Crossing | null = null;
	#previous = 0;
	/** The looks of the window, oldest first. */
	#recent: readonly { readonly step: number; readonly value: number | undefined }[] = [];

	constructor(
		private readonly goal: Goal,
		private readonly until: TrialSpec["until"],
	) {}

	look({ step, examples, metrics }: Evaluation): void {
		const window = windowOf(this.goal);
		const crossing = { after: this.#previous, step, examples };
		this.#previous = step;
		const value = metrics[goalMetric(this.goal)];
		this.#recent = [...this.#recent.filter((look) => look.step * window > step), { step, value }];
		if (meetsGoalAt(this.goal, value)) this.first ??= crossing;
		if (this.#windowMeetsGoal()) this.reached ??= crossing;
	}

	/** Whether the run is over after `step` steps: with the goal, or without it at the cap; at the cap alone if it was asked to go there. */
	isOver(step: number, cap: number): boolean {
		return (this.until === "goal" && this.reached !== null) || step >= cap;
	}

	#windowMeetsGoal(): boolean {
		// Each by itself first: the mean of three times 0.93 may be a rounding error below 0.93.
		if (this.#recent.every(({ value }) => meetsGoalAt(this.goal, value))) return true;
		let sum = 0;
		for (const { value } of this.#recent) sum += value ?? Number.NaN;
		return meetsGoalAt(this.goal, sum / this.#recent.length);
	}
}
