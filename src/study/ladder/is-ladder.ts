import type { Study } from "../study.js";
import { typicalTrialsOfSize } from "../typical-trials.js";
import { isTied, scheduleOf } from "../workloads/table.js";

/**
 * Whether the ladder spends a study's budget: one of trainings; fewer trials than the whole design usually takes; or any time, since it is
 * not known how many trials that buys. Comparisons at equal budgets follow only the whole design, and the ladder assumes that examples are
 * steps times batch size, which growing batches are not. A study of planned lengths has designs of its own.
 */
export const isLadder = (study: Pick<Study, "batchSizes" | "budget" | "comparisons" | "goal" | "seeds" | "tune" | "workload">): boolean => {
	const { trials, seconds, trainings } = study.budget;
	if (study.goal.best !== undefined || isTied(study.workload)) return false;
	if (trainings !== undefined) return true;
	if (study.comparisons || scheduleOf(study.workload)?.batchSize) return false;
	return seconds !== null || (trials !== null && trials < study.batchSizes.length * typicalTrialsOfSize(study));
};
