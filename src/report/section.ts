import type { Markup } from "./markup.js";

/** A part of the report with a name of its own, the same for every study. */
export interface Section {
	readonly name: string;
	/** Null: the study has nothing to show there. */
	readonly content: Markup | null;
}
