import type { Computed } from "../page/study-page.js";
import type { Summary } from "../page/summary.js";

/** What a thread that computes findings begins with. */
export interface FindingsThreadData {
	readonly folder: string;
	/** Whether its priority is lower, so that training goes first. */
	readonly isLow: boolean;
}

/** What the main thread asks of the one that computes findings. */
export interface FindingsRequest {
	readonly id: number;
	readonly study: string;
	/** With charts and the whole document; else only what lists say. */
	readonly whole: boolean;
}

/** What comes of it. `json`: the study's `StudyView`. */
export type FindingsReply = { readonly id: number } & (
	| { readonly computed: Computed; readonly json: string }
	| { readonly summary: Summary }
	/** The study is gone, or its store can't be read. */
	| { readonly error: string }
);
