import type { Markup } from "./markup.js";

/** A part of the report with a name of its own, the same for every study. */
export interface Section {
	readonly name: SectionName;
	/** Null: the study has nothing to show there. */
	readonly content: Markup | null;
}

export type SectionName =
	| "answer"
	| "ladder"
	| "tradeoff"
	| "rates"
	| "curves"
	| "time"
	| "noise"
	| "comparisons"
	| "recorded"
	| "sizes"
	| "horizon"
	| "method"
	| "settings";
