import type { TradeoffPhase } from "../core/trial.js";
import type { RunSeconds } from "./run-seconds.js";
import { stepLimit } from "./steps.js";
import type { Study } from "./study.js";

/** Settings other than the learning rate: every combination of the values searched; 1 where nothing is. */
export const settingCount = ({ tune }: Pick<Study, "tune">): number =>
	[tune.momentum, tune.weightDecay, ...Object.values(tune.flags ?? {})].reduce((product, values) => product * (values?.length ?? 1), 1);

/** Trials that rule a setting out: one at its start, two at each of two strides, and further seeds of the one that came closest. */
const typicalChallenge = ({ seeds }: Pick<Study, "seeds">): number => 4 + majority(seeds.tuning);

/**
 * Trials that one batch size usually takes: on either block of seeds, the winner's own and as many for each neighbour as it takes to rule
 * it out; and, if settings are searched, the trials that rule out the other settings.
 */
export const typicalTrials = (study: Pick<Study, "seeds" | "tune">): Readonly<Record<TradeoffPhase, number>> => ({
	tuning: study.seeds.tuning + 2 * majority(study.seeds.tuning) + (settingCount(study) - 1) * typicalChallenge(study),
	selecting: study.seeds.selecting + 2 * majority(study.seeds.selecting),
	reporting: study.seeds.reporting,
});

/** Trials that one batch size usually takes in all phases together. */
export const typicalTrialsOfSize = (study: Pick<Study, "seeds" | "tune">): number =>
	Object.values(typicalTrials(study)).reduce((sum, trials) => sum + trials, 0);

/**
 * Trials that one batch size usually takes under one budget: its start, and at each side a challenger a whole and a half octave away,
 * settled by two runs.
 */
export const typicalComparison = ({ seeds }: Pick<Study, "seeds">): number => seeds.tuning + 4 * majority(seeds.tuning) + seeds.reporting;

const majority = (seeds: number): number => Math.floor(seeds / 2) + 1;

/**
 * Seconds that those take, one after the other. Before a network has been trained, its steps-to-target can only be guessed: as four epochs
 * of examples and a hundred steps, S = 100 + 4N/B. A batch size costs about thirty runs of that length, some of them reported, and a run for
 * each trial that rules another setting out.
 */
export function typicalSecondsOfSize(study: Study, batchSize: number, runSeconds: RunSeconds): number {
	const steps = Math.min(stepLimit(batchSize, study), guessedSteps(study, batchSize));
	const { reporting } = study.seeds;
	const searching = Math.max(0, 30 - reporting) + (settingCount(study) - 1) * typicalChallenge(study);
	return searching * runSeconds(batchSize, steps) + reporting * runSeconds(batchSize, steps, true);
}

/** Steps that a run to the goal is guessed to take before anything has been trained: four epochs and a hundred. */
export const guessedSteps = ({ data }: Pick<Study, "data">, batchSize: number): number => 100 + (4 * data.train) / batchSize;
