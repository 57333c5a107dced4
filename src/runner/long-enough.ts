import type { FinishedTrial } from "../core/trial.js";
import { capsOf } from "../study/search/caps.js";
import { stepsPerEpoch } from "../study/steps.js";
import type { Study } from "../study/study.js";

/** Scripts that report a metric less often than once in this many epochs can't be compared. */
const epochs = 10;

/** Whether a trial showed all metrics that its script ever reports: it ended by itself, after ten epochs, or at the study's own limit. */
export function isLongEnough(study: Study, { spec, result }: FinishedTrial): boolean {
	const { limit } = capsOf(study, spec.batchSize);
	const enough = study.data.train > 0 ? epochs * stepsPerEpoch(spec.batchSize, study) : Number.POSITIVE_INFINITY;
	return result.outcome !== "missed" || result.steps >= Math.min(limit, enough);
}
