import { isSameRate, type Setting } from "../core/setting.js";
import type { FinishedTrial } from "../core/trial.js";
import type { ReportedRun } from "./findings.js";
import type { SeededInterval } from "./size-likelihood.js";

/** Trials of one study by what they answer. Cancelled ones are ignored. */
export const trialsOf = (trials: readonly FinishedTrial[], phase: FinishedTrial["spec"]["phase"], batchSize: number): FinishedTrial[] =>
	trials.filter(({ spec, result }) => spec.phase === phase && spec.batchSize === batchSize && result.outcome !== "cancelled");

/** The longest trial of each seed, ascending in seed index: a run that was repeated with a larger cap contains the shorter ones. */
export function longestOfEachSeed(trials: readonly FinishedTrial[]): FinishedTrial[] {
	const longest = new Map<number, FinishedTrial>();
	for (const trial of trials) {
		const known = longest.get(trial.spec.seedIndex);
		if (!known || trial.spec.cap > known.spec.cap) longest.set(trial.spec.seedIndex, trial);
	}
	return [...longest.values()].sort((a, b) => a.spec.seedIndex - b.spec.seedIndex);
}

/** What is reported at a batch size. */
interface Reported extends Setting {
	readonly batchSize: number;
	readonly learningRate: number | null;
}

/** The runs of the reporting block of one rate and setting at one batch size, one a seed, ascending in seed index. */
export function reportedRuns(trials: readonly FinishedTrial[], reported: Reported): ReportedRun[] {
	const block = trialsOf(trials, "reporting", reported.batchSize).filter(({ spec }) => isSameRate(spec, reported));
	return longestOfEachSeed(block).map(({ spec, result }) => ({
		seedIndex: spec.seedIndex,
		step: result.reached?.step ?? null,
		after: result.reached?.after ?? result.steps,
		examples: result.reached?.examples ?? null,
		first: result.first?.step ?? null,
	}));
}

/**
 * Where the runs' steps-to-target lie, for the fit: between two looks, or beyond the last step of a run that ended without the goal. A run
 * that diverged counts as longer than the steps it lived, no more: medians treat it as infinitely long, but the fit is about runs that get
 * there.
 */
export const stepIntervals = (runs: readonly ReportedRun[]): SeededInterval[] =>
	runs.flatMap(({ seedIndex, after, step }) =>
		step === null && after === 0 ? [] : [{ seed: seedIndex, after, step: step ?? Number.POSITIVE_INFINITY }],
	);
