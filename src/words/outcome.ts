import type { TradeoffRow } from "../analysis/findings.js";

/** Why a batch size has no figures, in a few words for a table; null where it has. */
export function whyWithout({ outcome, rates, allFailed }: Pick<TradeoffRow, "outcome" | "rates" | "allFailed">): string | null {
	if (allFailed) return "every trial failed";
	if (outcome === "not tried") return rates.length > 0 ? "nothing reported yet" : "not tried";
	return {
		reached: null,
		"not reached": "not reached",
		"out of memory": "out of memory",
		open: "not finished",
		"left behind": "left behind",
	}[outcome];
}
