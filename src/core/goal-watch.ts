import { type Goal, meetsGoal } from "./goal.js";
import type { Crossing, Evaluation, TrialSpec } from "./trial.js";

/** How many looks in a row must meet the goal to sustain it. */
const inARow = 3;

/** Follows a run's looks: when it first met the goal, when it did so for good, and whether it has anything left to wait for. */
export class GoalWatch {
	first: Crossing | null = null;
	sustained: Crossing | null = null;
	#previous = 0;
	#row: Crossing[] = [];

	constructor(
		private readonly goal: Goal,
		private readonly until: TrialSpec["until"],
	) {}

	look(evaluation: Evaluation): void {
		const crossing = { after: this.#previous, step: evaluation.step, examples: evaluation.examples };
		this.#previous = evaluation.step;
		if (!meetsGoal(this.goal, evaluation)) {
			this.#row = [];
			return;
		}
		this.first ??= crossing;
		this.#row.push(crossing);
		if (this.until === "sustained" && this.#row.length === inARow) this.sustained ??= this.#row[0];
	}

	/**
	 * Whether the run is over after `step` steps: with the goal (a sustained one is waited for up to twice the first), or without it at the cap; at the cap
	 * alone if it was asked to go there.
	 */
	isOver(step: number, cap: number): boolean {
		if (!this.first || this.until === "cap") return step >= cap;
		return this.until === "first" || this.sustained !== null || step >= 2 * this.first.step;
	}
}
