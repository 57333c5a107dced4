import type { Look } from "../lane/look.js";

/** What the page measured at a stop: which of the options it was, and the figures that show it. */
export interface Answer {
	/** Index into the stop's options. */
	readonly option: number;
	readonly figures: string;
}

/** A lesson of the tour. */
export interface Stop {
	readonly title: string;
	/** The lanes that it sets, as an address. */
	readonly scene: string;
	/** What is to be seen, and what is asked. */
	readonly text: string;
	readonly question: string;
	readonly options: readonly string[];
	/** How many steps each lane takes, of so many training examples. */
	steps(population: number): readonly number[];
	/** `lanes`: each one's looks, from step 0 to the last. */
	answer(lanes: readonly (readonly Look[])[]): Answer;
	/** The claim of the ledger that it is about. */
	readonly claim: string;
	/** What it leaves open: one run of a toy decides no claim. */
	readonly caveat: string;
}

export const last = (looks: readonly Look[]): Look => looks[looks.length - 1];

/** Steps in so many epochs at a batch size. */
export const stepsOf = (epochs: number, population: number, batchSize: number): number =>
	epochs * Math.ceil(population / Math.min(batchSize, population));
