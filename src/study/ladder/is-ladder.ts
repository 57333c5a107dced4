import type { Study } from "../study.js";

/** Whether a study's budget is in trainings, which the ladder spends. */
export const isLadder = ({ budget, goal }: Pick<Study, "budget" | "goal">): boolean =>
	budget.trainings !== undefined && goal.best === undefined;
