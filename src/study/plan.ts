import { comparisonNames } from "../core/comparisons.js";
import { type Flavor, flavorOf } from "../core/flavor.js";
import { halfOctaveAbove, halfOctaveBelow } from "../core/rates.js";
import { isFrugal, typicalFrugal } from "./frugal/frugal.js";
import { middleSize } from "./middle-size.js";
import { onlyWholeBatches, stepLimit, stepsPerEpoch } from "./steps.js";
import type { Study, TrainableStudy } from "./study.js";
import { settingCount, typicalChallenge, typicalComparison, typicalTrialsOfSize } from "./typical-trials.js";

/** The arithmetic of one batch size. */
export interface PlanRow {
	readonly batchSize: number;
	readonly flavor: Flavor;
	/** ⌈N/B⌉, or ⌊N/B⌋ where a partial last batch is dropped. */
	readonly stepsPerEpoch: number;
	/** Examples in the last batch of an epoch: B where B divides N. */
	readonly lastBatch: number;
	/** Updates within which a trial must reach the goal: the larger of the budget of epochs and the budget of steps, up to the look at its end. */
	readonly updates: number;
}

/** What `tune` would do, before it trains anything. */
export interface Plan {
	/** N, training examples. */
	readonly examples: number;
	readonly rows: readonly PlanRow[];
	/** Trials to expect, by what such searches cost; and the most there can be. Neither is more than the study's own budget. */
	readonly trials: number;
	readonly trialsAtMost: number;
	/** Seconds to expect with the given number of workers, at most those of the study's own budget; null where some size was not timed. */
	readonly seconds: number | null;
}

/** What `study` asks for, before anything is trained. `secondsPerStep` by batch size, where known, gives the time to expect on `slots` workers. */
export function planOf(study: TrainableStudy, secondsPerStep: ReadonlyMap<number, number> | null, slots: number): Plan {
	const rows = study.batchSizes.map((batchSize): PlanRow => {
		const steps = stepsPerEpoch(batchSize, study);
		const rest = study.data.train % batchSize;
		const partial = rest > 0 && !onlyWholeBatches(study.workload);
		return {
			batchSize,
			flavor: flavorOf(batchSize, study.data.train),
			stepsPerEpoch: steps,
			lastBatch: partial ? rest : batchSize,
			updates: stepLimit(batchSize, study),
		};
	});
	const trials = isFrugal(study)
		? typicalFrugal(study)
		: rows.length * (typicalTrialsOfSize(study) + (study.comparisons ? comparisonNames.length * typicalComparison(study) : 0));
	const budget = { trials: study.budget.trials ?? Number.POSITIVE_INFINITY, seconds: study.budget.seconds ?? Number.POSITIVE_INFINITY };
	const timed = secondsPerStep && rows.every(({ batchSize }) => secondsPerStep.has(batchSize)) ? secondsPerStep : null;
	const seconds = timed && secondsOf(study, trials, timed);
	return {
		examples: study.data.train,
		rows,
		trials: Math.min(trials, budget.trials),
		trialsAtMost: Math.min(unlimitedTrials(study), budget.trials),
		seconds: seconds && Math.min(seconds / slots, budget.seconds),
	};
}

/** The whole design's columns; a small budget's trials are on the whole like those of the middle batch size. */
function secondsOf(study: TrainableStudy, trials: number, secondsPerStep: ReadonlyMap<number, number>): number {
	const column = (batchSize: number) => columnSeconds(study, batchSize, secondsPerStep.get(batchSize) ?? 0);
	if (isFrugal(study)) return (trials / typicalTrialsOfSize(study)) * column(middleSize(study));
	return study.batchSizes.reduce((sum, batchSize) => sum + column(batchSize), 0);
}

/**
 * Before a network has been trained, its steps-to-target can only be guessed: as four epochs of examples and a hundred steps, S = 100 + 4N/B. A column
 * costs about thirty runs of that length, looks included, and a run for each trial that rules another setting out.
 */
const columnSeconds = (study: TrainableStudy, batchSize: number, secondsPerStep: number): number =>
	(30 + (settingCount(study) - 1) * typicalChallenge(study)) *
	Math.min(stepLimit(batchSize, study), 100 + (4 * study.data.train) / batchSize) *
	secondsPerStep;

/** The most trials a study can take, whatever its budget. */
export const unlimitedTrials = (study: TrainableStudy): number => study.batchSizes.length * mostTrials(study);

/**
 * No batch size can take more: every rate of the widened range tuned in every setting at every share of the limit, every one of them selected on the way down from a rate
 * that was luck and again on the way back, and three candidates reported.
 */
function mostTrials(study: Study): number {
	const { seeds, tune, comparisons } = study;
	const rates = halfOctaveAbove(tune.learningRate.to) - halfOctaveBelow(tune.learningRate.from) + 1 + 16;
	const compared = comparisons ? comparisonNames.length * (rates * seeds.tuning + seeds.reporting) : 0;
	return rates * (settingCount(study) * 5 * seeds.tuning + 2 * seeds.selecting) + 3 * seeds.reporting + compared;
}
