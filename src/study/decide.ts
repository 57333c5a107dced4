import type { Findings, Recommendation } from "../analysis/findings.js";

/**
 * What would decide a study that isn't decided: what its budget left unfinished; the search for a first batch size that reaches the goal,
 * for a number of trials; batch sizes to try, for a number of trials each; or reporting runs of sizes that were tried. A budget that pays for no
 * further size can buy the runs that are listed with them.
 */
export type Decision =
	| { readonly kind: "unfinished" }
	| { readonly kind: "search"; readonly trials: number }
	| { readonly kind: "sizes"; readonly batchSizes: readonly number[]; readonly trials: number; readonly runs: Recommendation["next"] }
	| { readonly kind: "runs"; readonly runs: Recommendation["next"] };

/** Trials that one more batch size mostly takes: three or four to tune it, and its first reporting runs. */
export const trialsToTry = 7;

/** What a batch size is granted that is tried after the study's end: a few more, for a rate that isn't where it is looked for first. */
const trialsGranted = 10;

/** What a search for a first batch size that reaches the goal is granted to go on: about what it takes to find that one more doesn't. */
const trialsToSearchOn = 20;

/** More sizes than this are not tried at once: the first ones show where the others lie. */
const mostAtOnce = 3;

/** Where this many reporting runs of a batch size don't settle it, more won't. */
export const mostReportingRuns = 64;

/** Null where it is decided, or no trials would help. */
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

/** Whether no size is left to try, and every size in doubt has as many reporting runs as can help. */
export const isExhausted = ({ recommendation: { next, untried }, tradeoff }: Pick<Findings, "recommendation" | "tradeoff">): boolean =>
	untried.length === 0 &&
	next.every(({ batchSize }) => (tradeoff.find((row) => row.batchSize === batchSize)?.runs.length ?? 0) >= mostReportingRuns);
