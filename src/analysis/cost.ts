import type { FinishedTrial } from "../core/trial.js";
import type { Cost, Recommendation } from "./findings.js";
import { blockMedian, ratesOf } from "./rate-findings.js";
import { longestOfEachSeed, trialsOf } from "./reporting.js";

/** What the design asked for, and what it would have cost with the best rate of each batch size known beforehand. */
export function costOf(
	trials: readonly FinishedTrial[],
	batchSizes: readonly number[],
	tuningSeeds: number,
): Omit<Cost, "trainings" | "trainingSeconds" | "own"> {
	const counted = trials.filter(({ result }) => result.outcome !== "cancelled");
	return {
		trials: counted.length,
		examples: examplesOf(counted),
		search: examplesOf(counted.filter(({ spec }) => spec.phase === "tuning")),
		clairvoyant: batchSizes.reduce((sum, batchSize) => sum + bestRuns(trialsOf(trials, "tuning", batchSize), tuningSeeds), 0),
	};
}

/**
 * The price of an answer in trainings, runs to the goal at what it recommends: by examples, and by the seconds of steps (`secondsPerStep`:
 * by batch size, null where it was not timed).
 */
export function trainingsOf(
	trials: readonly FinishedTrial[],
	{ examples, seconds }: Pick<Recommendation, "examples" | "seconds">,
	secondsPerStep: (batchSize: number) => number | null,
): Pick<Cost, "trainings" | "trainingSeconds" | "own"> {
	const counted = trials.filter(({ result }) => result.outcome !== "cancelled");
	let spent: number | null = 0;
	for (const { spec, result } of counted) {
		const steps = result.steps - (result.before?.steps ?? 0);
		if (steps === 0) continue; // a trial without steps, such as a batch that doesn't fit into memory, has no time per step
		const time = secondsPerStep(spec.batchSize);
		spent = spent === null || time === null ? null : spent + steps * time;
	}
	const own = counted.filter(({ spec }) => spec.phase === "baseline");
	return {
		...(own.length > 0 && examples.median !== null && { own: examplesOf(own) / examples.median }),
		trainings: examples.median === null ? null : examplesOf(counted) / examples.median,
		trainingSeconds: seconds.median === null || spent === null ? null : spent / seconds.median,
	};
}

const examplesOf = (trials: readonly FinishedTrial[]): number =>
	trials.reduce((sum, { result }) => sum + result.examples - (result.before?.examples ?? 0), 0);

/**
 * Examples of the tuning runs of the rate and setting with the least median (the lowest of equal rates), the longest of each seed; 0 if no
 * rate has a median.
 */
function bestRuns(tuning: readonly FinishedTrial[], seeds: number): number {
	let best = { median: Number.POSITIVE_INFINITY, examples: 0 };
	for (const { trials } of ratesOf(tuning)) {
		const runs = longestOfEachSeed(trials);
		const median = blockMedian(runs, seeds) ?? Number.POSITIVE_INFINITY;
		if (median < best.median) best = { median, examples: examplesOf(runs) };
	}
	return best.examples;
}
