import type { Computed } from "../page/study-page.js";

/** What the main thread asks of the one that computes findings. */
export interface FindingsRequest {
	readonly id: number;
	readonly study: string;
}

/** What comes of it. `json`: the study's `StudyView`. */
export type FindingsReply = { readonly id: number } & (
	| { readonly computed: Computed; readonly json: string }
	/** The study is gone, or its store can't be read. */
	| { readonly error: string }
);
