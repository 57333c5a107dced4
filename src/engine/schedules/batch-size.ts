import { power } from "../../core/numerics.js";
import { inUnitsOf, type Marks, marksPassed, type Position, type Span } from "./position.js";

/** How the batch size changes over a trial, as the study names it. */
export type BatchSchedule = { readonly step: Marks & { readonly factor: number } } | { readonly doubling: Span };

/**
 * The batch size of the step that follows `at`, in a trial that began with `first` on a training set of `examples`:
 *
 *     step       first · factor^(marks passed)          doubling   first · 2^⌊p/T⌋, p the place in the unit of the span T
 *
 * to the nearest whole number, from 1 to all examples. Growing it by what a learning rate would be divided by has the same effect on the
 * noise of the steps, as long as the batch is small compared with the training set: Smith et al. 2018, section 3.
 */
export function batchSizeAt(schedule: BatchSchedule, first: number, examples: number, at: Position): number {
	const factor =
		"step" in schedule
			? power(schedule.step.factor, marksPassed(schedule.step, at))
			: power(2, Math.floor(inUnitsOf(schedule.doubling, at)));
	return Math.max(1, Math.min(examples, Math.round(first * factor)));
}
