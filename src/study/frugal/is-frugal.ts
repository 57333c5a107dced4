import type { Study } from "../study.js";
import { typicalTrialsOfSize } from "../typical-trials.js";
import { scheduleOf } from "../workloads/table.js";

/**
 * Whether a study's budget is too small for the whole design, so that the frugal one spends it: fewer trials than the whole design mostly
 * takes, or any number of seconds, since it is not known beforehand how many trials those buy. Comparisons at equal budgets follow the
 * whole design alone; and where a schedule makes batches grow, examples aren't steps times batch size, on which the frugal design rests.
 */
export const isFrugal = (study: Pick<Study, "batchSizes" | "budget" | "comparisons" | "seeds" | "tune" | "workload">): boolean => {
	const { trials, seconds } = study.budget;
	if (study.comparisons || scheduleOf(study.workload)?.batchSize) return false;
	return seconds !== null || (trials !== null && trials < study.batchSizes.length * typicalTrialsOfSize(study));
};
