import type { Study } from "../study.js";
import { shape } from "./shape.js";

type Budgeted = Pick<Study, "budget">;

/** From here on an answer is mostly found, and has a track record: where no number of trainings is given, the ladder ends here. */
export const usualEnd = 40;

/** Trainings after which a study whose time may end at any moment has an answer, the sooner the cheaper. */
const firstStages = [5, 20] as const;

/**
 * The ladder's budgets in trainings, one after the other: after each there is an answer. A single one, unless a clock may end the study
 * before: then a first guess comes first. Without a number of trainings, trials alone are the limit.
 */
export function stagesOf({ budget: { trainings, trials, seconds } }: Budgeted): readonly number[] {
	const last = trainings ?? (trials === null ? usualEnd : Number.POSITIVE_INFINITY);
	return seconds === null ? [last] : [...firstStages.filter((stage) => stage < last), last];
}

/**
 * Trainings that such a study takes. A small budget can't be guaranteed: a first guess takes about seven. Of runs, 12 took 8.5 trainings, 20
 * took 12, 25 took 21 and 40 took 41, on the spent workloads of `npm run bench -- price`.
 */
export const expectedTrainings = ({ budget: { trainings, trials } }: Budgeted): number => {
	const byRuns = trials === null ? Number.POSITIVE_INFINITY : trials <= 20 ? 0.65 * trials : 13 + 1.4 * (trials - 20);
	return Math.max(firstGuess, Math.min(trainings ?? (trials === null ? usualEnd : byRuns), byRuns));
};

/** Trainings that a first guess takes, whatever the budget; and runs with which there mostly is one. */
export const firstGuess = 7;
export const leastRuns = 12;

/** Runs that the study may begin: one that is continued counts once. */
export const mostRuns = ({ budget: { trials } }: Budgeted): number => trials ?? Number.POSITIVE_INFINITY;

/** Reporting runs that trainings keep back: one of a few, some of many, so that the answer shows how far runs differ. */
export const reportedOf = (trainings: number): number => Math.max(1, Math.min(shape.refine.reported, Math.floor(trainings / 8)));

/** The same of a number of runs: enough for a winner that misses the goal on its first fresh seed, or for the next best. */
export const keptBack = (runs: number): number => Math.max(1, Math.min(shape.refine.reported + 1, Math.floor(runs / 5)));
