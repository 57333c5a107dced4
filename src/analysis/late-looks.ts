import { isLate } from "../core/looks.js";
import { median } from "./bootstrap.js";
import type { LateLooks, TradeoffRow } from "./findings.js";

/** Looks farther apart than this, as a ratio of steps, are worth a warning: steps-to-target are known no better. */
export const coarseRatio = 1.25;

/**
 * The batch sizes at which most runs met the goal at a look that came later than it was due, ascending.
 *
 * @param dueRatio ratio of steps between looks as they are due
 * @param stepsPerEpoch steps of one epoch at a batch size; null where the number of examples is not known
 */
export const lateLooks = (
	tradeoff: readonly TradeoffRow[],
	dueRatio: number,
	stepsPerEpoch: (batchSize: number) => number | null,
): readonly LateLooks[] =>
	tradeoff.flatMap(({ batchSize, runs }) => {
		const reached = runs.flatMap(({ after, step }) => (step === null ? [] : [{ after, step }]));
		const late = reached.filter(({ after, step }) => isLate(after, step, dueRatio));
		if (2 * late.length <= reached.length) return [];
		const width = median(late.map(({ after, step }) => step - after));
		const ratio = median(late.map(({ after, step }) => step / after));
		return [{ batchSize, width, ratio: Number.isFinite(ratio) ? ratio : null, isEpoch: width === stepsPerEpoch(batchSize) }];
	});

/** Whether steps-to-target are known too coarsely there to be taken at face value. */
export const isCoarse = ({ ratio }: LateLooks): boolean => ratio === null || ratio > coarseRatio;
