import { blankAnswer, type ColumnAnswer } from "../../core/column.js";
import { type HalfOctave, rateAt } from "../../core/rates.js";
import type { TrialResult } from "../../core/trial.js";
import { medianSteps } from "../search/median-steps.js";
import { isAtEdge, searchSpace } from "../search/space.js";
import type { Leader } from "../search/trend.js";
import type { Study } from "../study.js";

/** A batch size that was started, as far as its complete rounds go. */
export interface Place {
	readonly batchSize: number;
	/** What its search for a rate found; null where no rate reached the goal. */
	readonly tuned: Leader | null;
	/** Its runs, or those of a smaller size, don't fit into memory; then there is no rate. */
	readonly tooLarge: boolean;
	/** The rate that is reported. */
	readonly rate: HalfOctave;
	/** The reporting runs at that rate, in the order of their seeds. */
	readonly reported: readonly TrialResult[];
	/** Rates whose reporting runs mostly missed the goal. */
	readonly replaced: readonly HalfOctave[];
	/** Whether the rate was compared with its neighbours on selecting seeds. */
	readonly confirmed: boolean;
}

/** All batch sizes that were started. */
export type Board = Map<number, Place>;

/** Median steps-to-target of the reporting runs; null where there are none or most missed the goal. */
export const stepsOf = ({ reported }: Place): number | null => medianSteps(reported);

/** Places with reporting runs, ascending in batch size. */
export const reportedPlaces = (board: Board): readonly (Place & { readonly tuned: Leader })[] =>
	tunedPlaces(board).filter((place) => stepsOf(place) !== null);

/** Places with a rate, ascending in batch size. */
export const tunedPlaces = (board: Board): readonly (Place & { readonly tuned: Leader })[] =>
	[...board.values()]
		.flatMap((place) => (place.tuned === null ? [] : [{ ...place, tuned: place.tuned }]))
		.sort((a, b) => a.batchSize - b.batchSize);

/** What is known about a batch size. Without a complete block of reporting runs it counts as not tried, and nothing is reported. */
export function answerOf(study: Study, batchSize: number, place: Place | undefined): ColumnAnswer {
	if (!place) return blankAnswer(batchSize, "not tried");
	if (place.tooLarge) return blankAnswer(batchSize, "out of memory");
	const replaced = place.replaced.map(rateAt);
	if (place.tuned === null) return blankAnswer(batchSize, "not reached", replaced);
	const learningRate = rateAt(place.rate);
	const steps = stepsOf(place);
	if (steps === null)
		return { ...blankAnswer(batchSize, "not tried", replaced), ...place.tuned.setting, learningRate, steps: place.tuned.steps };
	const atEdge = isAtEdge(place.rate, searchSpace(study, batchSize));
	const reportingRuns = place.reported.length;
	return { batchSize, state: "reached", learningRate, ...place.tuned.setting, steps, atEdge, replaced, reportingRuns };
}
