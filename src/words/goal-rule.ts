import { describeGoalWithArticle, type Goal, windowOf } from "../core/goal.js";
import { formatNumber } from "./numbers.js";

/**
 * When a run has reached the goal, after "at": `its first look s where the looks from s/1.1 to s average a validation accuracy of at least
 * 0.93`.
 */
export function goalRule(goal: Goal, look = "look"): string {
	const window = windowOf(goal);
	if (window === 1) return `the first ${look} with ${describeGoalWithArticle(goal)}`;
	return `the first ${look}, at step s, for which the ${look}s from step s/${formatNumber(window)} to s average ${describeGoalWithArticle(goal)}`;
}

/** What the column of single looks means; empty where they are what counts. */
export const singleLooks = (goal: Goal): string =>
	windowOf(goal) === 1 ? "" : " “First single look” is the first look that met the goal on its own; it is often a lucky one.";
