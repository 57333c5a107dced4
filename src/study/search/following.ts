import type { Calibration } from "../../core/calibration.js";
import type { ColumnAnswer } from "../../core/column.js";
import type { ComparisonAnswer } from "../../core/comparisons.js";
import type { FinishedTrial } from "../../core/trial.js";
import type { Study } from "../study.js";
import type { Results } from "./rounds.js";
import type { Column } from "./within-budget.js";

/** A batch size under one of the equal budgets. */
export interface ComparisonColumn extends Column {
	readonly answer: ComparisonAnswer;
}

/** Trials of a part of a study. */
export interface ToCome {
	readonly done: number;
	readonly toCome: number;
	/** Seconds that the remaining ones take in sequence. */
	readonly seconds: number;
}

/**
 * What follows when all batch sizes of a study are answered: the comparisons at equal budgets, or nothing if the study asks for none.
 */
export interface Following {
	/** `answers`: those of the batch sizes, which are all settled. `begunAfter`: rounds of the study before the first of these. */
	columns(
		study: Study,
		answers: readonly ColumnAnswer[],
		begunAfter: number,
		calibration: Calibration | null,
		results: Results,
	): readonly ComparisonColumn[];
	/** What is known before the first trial. */
	openAnswers(study: Study, calibration: Calibration | null): readonly ComparisonAnswer[];
	/** Trials to expect before the first. */
	typicalTrials(study: Study): number;
	toCome(study: Study, finished: readonly FinishedTrial[]): ToCome;
}
