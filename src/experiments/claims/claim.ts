import type { Estimate } from "../../analysis/findings.js";
import { nothing } from "../lab/estimates.js";
import type { ClaimId } from "./table.js";

export type { ClaimId } from "./table.js";

export type Verdict = "supported" | "refuted" | "undecided";

/**
 * A claim's verdict over all conditions under which it was judged: one of the three where they agree, "depends" where two of them are
 * decided and opposite, and "in part" where some are decided, all alike, and the rest are not.
 */
export type HeadlineVerdict = Verdict | "supported in part" | "refuted in part" | "depends";

/** What a verdict may depend on, in the order in which it is named. */
export const factors = ["data", "optimizer", "rate", "labels", "held equal", "tuning", "counted in"] as const;
export type Factor = (typeof factors)[number];

/** The conditions under which a claim is judged: a level of every factor that is varied. */
export type Conditions = Readonly<Partial<Record<Factor, string>>>;

/** A claim judged under one set of conditions. */
export interface Cell {
	readonly when: Conditions;
	readonly verdict: Verdict;
	readonly interval: Estimate;
}

/** A cell with the p-value of its verdict: 1 where it is undecided, null for a definition, which is checked, not estimated. */
export interface JudgedCell extends Cell {
	readonly p: number | null;
}

/** What an experiment says of a claim. */
export interface Finding {
	/** Where there are `cells`, what they have in common. */
	readonly verdict: HeadlineVerdict;
	/** What was measured, in words, with its unit; and the margin it was held against. Written before the data. */
	readonly effect: string;
	/**
	 * The effect with its interval, simultaneous over the experiment's family of claims; all null for an invariant, which holds or doesn't.
	 */
	readonly interval: Estimate;
	/** The workload, budget, tuning, reduction and sampler under which the verdict holds, and the figures that say so. */
	readonly evidence: string;
	/** Where the experiment judges the claim under several conditions: each of them. Those that are judged already keep their p-value. */
	readonly cells?: readonly (Cell | JudgedCell)[];
}

/** What an experiment says of one claim. */
export interface ClaimFinding extends Finding {
	readonly id: ClaimId;
	/** At least one. */
	readonly cells: readonly JudgedCell[];
}

/** Says of a definition or exact identity whether it held in every case that was checked. */
export const invariant = (effect: string, holds: boolean, evidence: string): Finding => ({
	verdict: holds ? "supported" : "refuted",
	effect,
	interval: nothing,
	evidence,
});

/**
 * The verdict on "the effect is above `margin`": supported where the whole interval lies above it, refuted where it lies below, else
 * undecided. An open end of the interval is infinite.
 */
export function verdictAbove({ estimate, low, high }: Estimate, margin: number): Verdict {
	if (estimate === null && low === null && high === null) return "undecided";
	if (low !== null && low > margin) return "supported";
	return high !== null && high < margin ? "refuted" : "undecided";
}

/** The verdict on "the effect is below `margin`". */
export function verdictBelow(value: Estimate, margin: number): Verdict {
	const above = verdictAbove(value, margin);
	return above === "supported" ? "refuted" : above === "refuted" ? "supported" : above;
}

/**
 * The verdict on "there is no difference to speak of": supported where the whole interval lies within ±`margin` (an equivalence test),
 * refuted where it lies outside.
 */
export function verdictWithin({ low, high }: Estimate, margin: number): Verdict {
	if (low !== null && high !== null && low >= -margin && high <= margin) return "supported";
	return (low !== null && low > margin) || (high !== null && high < -margin) ? "refuted" : "undecided";
}

/** The verdict on a claim of several parts: supported if all are, refuted if one is. */
export const allOf = (...parts: readonly Verdict[]): Verdict =>
	parts.includes("refuted") ? "refuted" : parts.includes("undecided") ? "undecided" : "supported";

/** The verdict on a claim that one of several cases is enough for: supported if one is, refuted if all are. */
export const anyOf = (...cases: readonly Verdict[]): Verdict =>
	cases.includes("supported") ? "supported" : cases.includes("undecided") ? "undecided" : "refuted";
