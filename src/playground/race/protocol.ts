import type { Findings } from "../../analysis/findings.js";
import type { TextTable } from "../../words/text-table.js";

/** What the page asks of the race's worker. */
export type ToRace =
	/** What would this study take? `study`: as a study file has it. `file`: the bytes of the user's own table. */
	| { readonly kind: "price"; readonly study: unknown; readonly file: Uint8Array | null }
	/** Runs the study that was priced. */
	| { readonly kind: "start" }
	/** Ends it with what it has found so far. */
	| { readonly kind: "cancel" }
	/** Takes no step until it is resumed: the page is hidden. */
	| { readonly kind: "halt"; readonly isHalted: boolean };

/** What a race would take, before anything is trained. */
export interface RacePrice {
	readonly batchSizes: readonly number[];
	/** N, training examples. */
	readonly examples: number;
	/** To expect, and the cap. */
	readonly trainings: number;
	readonly trainingsAtMost: number;
	/** Of a single training that misses the goal: the most that any batch size takes. */
	readonly examplesOfOne: number;
}

/** Where the race stands. */
export interface RaceNews {
	/** Trainings that have ended, and the examples they used. */
	readonly trainings: number;
	readonly examples: number;
	/** Batch sizes whose steps to the goal are known. */
	readonly reached: readonly number[];
	readonly findings: Findings;
	readonly table: TextTable;
}

/** Why the race ended: the design had no more to ask, the user cancelled it, or its time was up. */
export type RaceEnd = "complete" | "cancelled" | "out of time";

export type FromRace =
	| { readonly kind: "price"; readonly price: RacePrice }
	/** Steps are timed first: so many passes of so many are done. */
	| { readonly kind: "timing"; readonly done: number; readonly total: number }
	| { readonly kind: "news"; readonly news: RaceNews }
	/** `answer`: what it found, the headline first; `caption`: what the chart's signs mean. */
	| {
			readonly kind: "end";
			readonly end: RaceEnd;
			readonly news: RaceNews;
			readonly answer: readonly string[];
			readonly caption: string;
	  }
	| { readonly kind: "failed"; readonly message: string; readonly fix: string };
