import { isImported, type Study } from "../study.js";
import { typicalTrialsOfSize } from "../typical-trials.js";

/**
 * Whether a study's budget is too small for the whole design, so that the frugal one spends it: fewer trials than the whole design takes as a rule, or any number of
 * seconds, since nobody knows beforehand how many trials those buy. Comparisons at equal budgets follow the whole design alone; and where a schedule makes batches grow, examples aren't steps
 * times batch size, on which the frugal design rests.
 */
export const isFrugal = (study: Pick<Study, "batchSizes" | "budget" | "comparisons" | "seeds" | "tune" | "workload">): boolean => {
	const { trials, seconds } = study.budget;
	if (isImported(study) || study.comparisons || ("schedule" in study.workload && study.workload.schedule?.batchSize)) return false;
	return seconds !== null || (trials !== null && trials < study.batchSizes.length * typicalTrialsOfSize(study));
};

/** Trials that one more batch size takes as a rule: three or four to tune it, and its first reporting runs. */
export const trialsToTry = 7;

/** What a batch size is granted that is tried after the study's end: a few more, for a rate that isn't where it is looked for first. */
export const trialsGranted = 10;

/** Trials that a search for a first batch size that reaches the goal is granted to go on: about what it takes to find that one more doesn't. */
export const trialsToSearchOn = 20;

/** More sizes than this are not tried at once: the first ones tell of the others. */
const mostAtOnce = 3;

/** Those batch sizes of the ones left out that are worth trying next: the nearest in ratio to the best one so far. */
export const sizesToTry = (untried: readonly number[], best: number | null): readonly number[] => {
	const distance = (batchSize: number) => (best === null ? 0 : Math.max(batchSize / best, best / batchSize));
	return [...untried].sort((a, b) => distance(a) - distance(b)).slice(0, mostAtOnce);
};
