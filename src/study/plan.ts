import { comparisonNames } from "../core/comparisons.js";
import { type Flavor, flavorOf } from "../core/flavor.js";
import { isBestGoal } from "../core/horizon.js";
import { halfOctaveAbove, halfOctaveBelow } from "../core/rates.js";
import { designOf } from "./designs.js";
import { plannedSteps } from "./horizon/lengths.js";
import { type LookTimes, runSecondsOf } from "./run-seconds.js";
import { widening } from "./search/space.js";
import { onlyWholeBatches, stepLimit, stepsPerEpoch } from "./steps.js";
import type { Study, TrainableStudy } from "./study.js";
import { settingCount } from "./typical-trials.js";

/** The arithmetic of one batch size. */
export interface PlanRow {
	readonly batchSize: number;
	readonly flavor: Flavor;
	/** ⌈N/B⌉, or ⌊N/B⌋ where a partial last batch is dropped. */
	readonly stepsPerEpoch: number;
	/** Examples in the last batch of an epoch: B where B divides N. */
	readonly lastBatch: number;
	/**
	 * Updates within which a trial must reach the goal: the larger of the budget of epochs and the budget of steps, up to the look at its
	 * end. Of trainings of a planned length, those of the whole length.
	 */
	readonly updates: number;
}

/** What `tune` would do, before it trains anything. */
export interface Plan {
	/** N, training examples. */
	readonly examples: number;
	readonly rows: readonly PlanRow[];
	/** Expected trials, from what such searches cost; and the possible maximum. Neither exceeds the study's own budget. */
	readonly trials: number;
	readonly trialsAtMost: number;
	/** Seconds to expect with the given number of slots, in all, at most those of the study's own budget; null where some size was not timed. */
	readonly seconds: number | null;
}

/** What was timed for a plan, in seconds. */
export interface PlanTimes {
	/** A step, by batch size. */
	readonly steps: ReadonlyMap<number, number>;
	readonly looks: LookTimes;
	/** Before the first trial: the trainer is made, steps are timed, workers start. */
	readonly before: number;
}

/**
 * Seconds per trial that no step and no look takes: what to run next is worked out, the run begins, and its result is stored. The ladder
 * on the digits took about 15 ms of processor time, and the whole study 10 ms.
 */
const secondsAround = 0.01;

/** What `study` asks for, before anything is trained. `times`, where known, give the time to expect on `slots` workers. */
export function planOf(study: TrainableStudy, times: PlanTimes | null, slots: number): Plan {
	const rows = study.batchSizes.map((batchSize): PlanRow => {
		const steps = stepsPerEpoch(batchSize, study);
		const rest = study.data.train % batchSize;
		const partial = rest > 0 && !onlyWholeBatches(study.workload);
		return {
			batchSize,
			flavor: flavorOf(batchSize, study.data.train),
			stepsPerEpoch: steps,
			lastBatch: partial ? rest : batchSize,
			updates: longestTraining(study, batchSize),
		};
	});
	const design = designOf(study);
	const trials = design.typicalTrials(study);
	const budget = { trials: study.budget.trials ?? Number.POSITIVE_INFINITY, seconds: study.budget.seconds ?? Number.POSITIVE_INFINITY };
	const timed = times && rows.every(({ batchSize }) => times.steps.has(batchSize)) ? times : null;
	const training = timed && design.typicalSeconds(study, runSecondsOf(study, timed.steps, timed.looks));
	return {
		examples: study.data.train,
		rows,
		trials: Math.min(trials, budget.trials),
		trialsAtMost: Math.min(unlimitedTrials(study), budget.trials),
		seconds: timed && training && Math.min(timed.before + (training + trials * secondsAround) / slots, budget.seconds),
	};
}

/** Steps of the longest training of a batch size: to its limit, or of the planned length. */
export function longestTraining(study: Study, batchSize: number): number {
	const { goal } = study;
	// The number of updates in these seconds is known only after steps are timed.
	if (!isBestGoal(goal) || "seconds" in goal.horizon) return stepLimit(batchSize, study);
	return plannedSteps(study, goal.horizon, batchSize, 1, null);
}

/** The most trials a study can take without a budget. */
export const unlimitedTrials = (study: TrainableStudy): number => study.batchSizes.length * mostTrials(study);

/**
 * The upper bound for one batch size: every rate of the widened range tuned in every setting at every share of the limit; every one of them
 * selected on the way down from a lucky rate and again on the way back; and three candidates reported.
 */
function mostTrials(study: Study): number {
	const { seeds, tune, comparisons } = study;
	const rates = halfOctaveAbove(tune.learningRate.to) - halfOctaveBelow(tune.learningRate.from) + 1 + 2 * widening;
	const compared = comparisons ? comparisonNames.length * (rates * seeds.tuning + seeds.reporting) : 0;
	return rates * (settingCount(study) * 5 * seeds.tuning + 2 * seeds.selecting) + 3 * seeds.reporting + compared;
}
