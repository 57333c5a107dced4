import type { Findings, Recommendation } from "../analysis/findings.js";

/**
 * What would decide an undecided study: trials that its budget left unfinished, or reporting runs. Both are trials of the whole design; a
 * ladder goes on with a larger budget.
 */
export type Decision = { readonly kind: "unfinished" } | { readonly kind: "runs"; readonly runs: Recommendation["next"] };

/** If this many reporting runs of a batch size don't settle it, more won't. */
export const mostReportingRuns = 64;

/** Null if it is decided, or if no trials would help. */
export function whatWouldDecide({
	recommendation,
	tradeoff,
	ladder,
}: Pick<Findings, "recommendation" | "tradeoff" | "ladder">): Decision | null {
	const { verdict, next: runs } = recommendation;
	if (verdict === "found" || ladder) return null;
	if (tradeoff.some(({ outcome }) => outcome === "open")) return { kind: "unfinished" };
	return runs.length > 0 ? { kind: "runs", runs } : null;
}

/** Whether every size in doubt already has the most reporting runs that can help. */
export const isExhausted = ({ recommendation: { next }, tradeoff }: Pick<Findings, "recommendation" | "tradeoff">): boolean =>
	next.every(({ batchSize }) => (tradeoff.find((row) => row.batchSize === batchSize)?.runs.length ?? 0) >= mostReportingRuns);
