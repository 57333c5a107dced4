import { type FinishedTrial, type TrialResult, trialKey } from "../../core/trial.js";
import type { Study } from "../study.js";
import { Memo } from "./memo.js";
import type { Results } from "./rounds.js";

/** The trials seen so far, and their results. */
interface Seen {
	readonly trials: FinishedTrial[];
	readonly results: Map<string, TrialResult>;
}

const memo = new Memo<Study, Seen>();

/**
 * Results of these trials, by key. A design is asked after every trial. If it is asked with the same trials as last time and some more at
 * the end, this returns the same map with more in it, so that a replay continues from there. The outcome is the same either way: a replay
 * depends only on the results.
 */
export function resultsOf(study: Study, finished: readonly FinishedTrial[]): Results {
	const isBeginning = ({ trials }: Seen) => trials.length <= finished.length && trials.every((trial, i) => trial === finished[i]);
	const { trials, results } = memo.get(study, isBeginning, () => ({ trials: [], results: new Map() }));
	for (let i = trials.length; i < finished.length; i++) {
		const { spec, result } = finished[i];
		trials.push(finished[i]);
		if (result.outcome !== "cancelled") results.set(trialKey(spec), result);
	}
	return results;
}
