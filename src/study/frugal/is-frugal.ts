import type { Study } from "../study.js";
import { typicalTrialsOfSize } from "../typical-trials.js";
import { scheduleOf } from "../workloads/table.js";

/**
 * Whether a study's budget is too small for the whole design, so that the frugal one spends it: fewer trials than the whole design usually
 * takes, or any number of seconds, since it is unknown how many trials those buy. Not with comparisons at equal budgets, which only follow
 * the whole design; nor with a schedule that lets batches grow, since the frugal design assumes that examples are steps times batch size.
 */
export const isFrugal = (study: Pick<Study, "batchSizes" | "budget" | "comparisons" | "seeds" | "tune" | "workload">): boolean => {
	const { trials, seconds } = study.budget;
	if (study.comparisons || scheduleOf(study.workload)?.batchSize) return false;
	return seconds !== null || (trials !== null && trials < study.batchSizes.length * typicalTrialsOfSize(study));
};
