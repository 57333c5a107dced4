import type { Study } from "../study.js";

/** Whether a study's budget is so many trainings, which the ladder spends. */
export const isLadder = ({ budget }: Pick<Study, "budget">): boolean => budget.trainings !== undefined;
