import { type FinishedTrial, trialRunKey } from "../../core/trial.js";

/**
 * Each run once, for tools that know runs and no trials: of trials that differ in their limit alone, which are beginnings of each other,
 * the one with the highest limit, at the place of the first. Trainings of a planned length are runs of their own.
 */
export function wholeRuns(trials: readonly FinishedTrial[]): readonly FinishedTrial[] {
	const runs = new Map<string, FinishedTrial>();
	for (const [i, trial] of trials.entries()) {
		const { spec, result } = trial;
		if (result.outcome === "cancelled") continue;
		const key = spec.until === "goal" ? trialRunKey(spec) : String(i);
		const known = runs.get(key);
		if (!known || known.spec.cap < spec.cap) runs.set(key, trial);
	}
	return [...runs.values()];
}
