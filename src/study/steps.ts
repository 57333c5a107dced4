import type { Study } from "./study.js";
import { isDescent } from "./workloads/table.js";

/** Steps of one epoch at this batch size. */
export function stepsPerEpoch(batchSize: number, study: Pick<Study, "data" | "workload">): number {
	const { train } = study.data;
	return onlyWholeBatches(study.workload) ? Math.max(1, Math.floor(train / batchSize)) : Math.ceil(train / batchSize);
}

/**
 * Whether every batch of an epoch is whole. User code is assumed to keep a partial last batch unless it says otherwise, and so are
 * imported runs unless the examples that they have used show it.
 */
export const onlyWholeBatches = (workload: Study["workload"]): boolean =>
	("lastBatch" in workload && workload.lastBatch === "drop") ||
	("imported" in workload && workload.imported.lastBatch === "drop") ||
	(isDescent(workload) && workload.sampler === "with-replacement");

/**
 * Steps a trial may take: the larger of a budget of epochs and one of steps, so that large batches aren't starved of steps. Of imported
 * runs, which have no budget of epochs, the steps of the longest.
 */
export const stepLimit = (batchSize: number, study: Pick<Study, "data" | "workload" | "limits">): number =>
	Math.max(study.limits.steps, study.limits.epochs * stepsPerEpoch(batchSize, study));
