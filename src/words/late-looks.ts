import { median } from "../analysis/bootstrap.js";
import type { Findings } from "../analysis/findings.js";
import { isLate } from "../core/looks.js";
import { dueRatio } from "../study/due-looks.js";
import { stepsPerEpoch } from "../study/steps.js";
import type { Study } from "../study/study.js";
import { formatCount } from "./numbers.js";

/** Looks farther apart than this, as a ratio of steps, are worth a warning: steps-to-target are known no better. */
export const coarse = 1.25;

/** How a batch size was looked at where its runs met the goal, if that came late. */
export interface LateLooks {
	readonly batchSize: number;
	/** Steps between the look that met the goal and the one before, at the median over the runs. */
	readonly width: number;
	/** The later of the two over the earlier, at the median; ∞ where the goal was met at the first look. */
	readonly ratio: number;
	readonly isEpoch: boolean;
}

/** The batch sizes at which most runs met the goal at a look that came later than it was due. */
export const lateLooks = ({ tradeoff }: Pick<Findings, "tradeoff">, study: Study): readonly LateLooks[] =>
	tradeoff.flatMap(({ batchSize, runs }) => {
		const reached = runs.flatMap(({ after, step }) => (step === null ? [] : [{ after, step }]));
		const late = reached.filter(({ after, step }) => isLate(after, step, dueRatio(study)));
		if (2 * late.length <= reached.length) return [];
		const width = median(late.map(({ after, step }) => step - after));
		const ratio = median(late.map(({ after, step }) => step / after));
		return [{ batchSize, width, ratio, isEpoch: study.data.train > 0 && width === stepsPerEpoch(batchSize, study) }];
	});

/** `136 steps at batch size 8, 34 at 32`. */
export const widthsOf = (late: readonly LateLooks[]): string =>
	late
		.map(
			({ batchSize, width }, i) =>
				`${formatCount(width)}${i === 0 ? " steps" : ""} at ${i === 0 ? "batch size " : ""}${formatCount(batchSize)}`,
		)
		.join(", ");
