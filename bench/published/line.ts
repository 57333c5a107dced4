import type { Estimate } from "../../src/analysis/findings.js";
import type { Quantity } from "../../src/words/numbers.js";
import { formatInterval, plain } from "../../src/words/numbers.js";

/** Differences of accuracies. */
export const points: Quantity = { scale: 100, suffix: " points", whole: false };

/** How a figure of ours stands to a published one. "cannot tell": its interval reaches over the end of what counts as agreement. */
export type Standing = "agrees" | "differs" | "cannot tell";

/** A published figure, and ours. */
export interface Line {
	readonly what: string;
	readonly published: string;
	readonly ours: string;
	/** What of ours counts as agreement. */
	readonly agreement: string;
	readonly standing: Standing;
}

/** Values that count as agreement; an end that is not given is open. */
export interface Range {
	readonly from?: number;
	readonly to?: number;
}

/**
 * "agrees" where the whole interval lies within the range, "differs" where all of it lies outside. Without an interval there is nothing to
 * tell.
 */
export function standingOf({ low, high }: Estimate, { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Range): Standing {
	const [least, most] = [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY];
	if (most < from || least > to) return "differs";
	return least >= from && most <= to ? "agrees" : "cannot tell";
}

/** A line that is judged by an interval. `agreement`: `range` in words. */
export const lineOf = (
	about: Pick<Line, "what" | "published" | "agreement">,
	ours: Estimate,
	range: Range,
	quantity: Quantity = plain,
): Line => ({ ...about, ours: formatInterval(ours, quantity), standing: standingOf(ours, range) });
