import type { Findings, Recommendation } from "../analysis/findings.js";

/**
 * What would decide an undecided study: trials that its budget left unfinished; a further search for a first batch size that reaches the
 * goal, for a number of trials; batch sizes to try, for a number of trials each; or reporting runs of sizes that were tried. A budget too
 * small for a further size can buy the runs that are listed with the sizes.
 */
export type Decision =
	| { readonly kind: "unfinished" }
	| { readonly kind: "search"; readonly trials: number }
	| { readonly kind: "sizes"; readonly batchSizes: readonly number[]; readonly trials: number; readonly runs: Recommendation["next"] }
	| { readonly kind: "runs"; readonly runs: Recommendation["next"] };

/** Trials that one more batch size usually takes: three or four to tune it, and its first reporting runs. */
export const trialsToTry = 7;

/** Trials granted to a batch size that is tried after the study's end: a few more, in case its rate isn't where it is expected. */
const trialsGranted = 10;

/** Trials granted to continue the search for a first batch size that reaches the goal: about as many as it takes to rule out one more. */
const trialsToSearchOn = 20;

/** More sizes than this are not tried at once: the first ones show where the others lie. */
const mostAtOnce = 3;

/** If this many reporting runs of a batch size don't settle it, more won't. */
export const mostReportingRuns = 64;

/** Null if it is decided, or if no trials would help. */
export function whatWouldDecide({ recommendation, tradeoff }: Pick<Findings, "recommendation" | "tradeoff">): Decision | null {
	const { verdict, batchSize: best, untried, next: runs } = recommendation;
	if (verdict === "found") return null;
	if (tradeoff.some(({ outcome }) => outcome === "open")) return { kind: "unfinished" };
	if (untried.length > 0 && best === null) return { kind: "search", trials: trialsToSearchOn };
	if (untried.length > 0) return { kind: "sizes", batchSizes: nearest(untried, best ?? 1), trials: trialsGranted, runs };
	return runs.length > 0 ? { kind: "runs", runs } : null;
}

/** Of the sizes left out, those that are worth trying next: the nearest in ratio to the best one so far. */
function nearest(untried: readonly number[], best: number): readonly number[] {
	const distance = (batchSize: number) => Math.max(batchSize / best, best / batchSize);
	return [...untried].sort((a, b) => distance(a) - distance(b)).slice(0, mostAtOnce);
}

/** Whether no size is left to try, and every size in doubt already has the most reporting runs that can help. */
export const isExhausted = ({ recommendation: { next, untried }, tradeoff }: Pick<Findings, "recommendation" | "tradeoff">): boolean =>
	untried.length === 0 &&
	next.every(({ batchSize }) => (tradeoff.find((row) => row.batchSize === batchSize)?.runs.length ?? 0) >= mostReportingRuns);
