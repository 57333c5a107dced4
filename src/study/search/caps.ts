import { lastLookBy, previousLook } from "../../core/looks.js";
import { stepLimit, stepsPerEpoch } from "../steps.js";
import type { Study } from "../study.js";
import { reportsWholeEpochs, traitsOf } from "../workloads/table.js";

/** Where the runs of a batch size may be ended, in steps. */
export interface Caps {
	/** Where the longest may. */
	readonly limit: number;
	/** Where a run of this many steps is ended: no later than `limit`. */
	readonly lookAt: (steps: number) => number;
	/** The last place where a run can still be seen to be ahead of one that met the goal at this look; 0: none. */
	readonly before: (look: number) => number;
}

/**
 * Imported runs can end anywhere. Other runs end at looks: the last one by then. A script that reports only at the end of an epoch shows
 * nothing sooner under any cap, and ends at its next report anyway: its runs end with their current epoch, within the study's limits.
 */
export function capsOf(study: Pick<Study, "data" | "workload" | "limits" | "looks">, batchSize: number): Caps {
	const most = stepLimit(batchSize, study);
	const { ratio } = study.looks;
	if (traitsOf(study.workload).looks === "given")
		return { limit: most, lookAt: (steps) => Math.min(most, steps), before: (look) => look - 1 };
	if (!reportsWholeEpochs(study.workload)) {
		const lookAt = (steps: number) => lastLookBy(steps, ratio);
		return { limit: lookAt(most), lookAt, before: (look) => previousLook(look, ratio) };
	}
	const epoch = stepsPerEpoch(batchSize, study);
	const limit = Math.floor(most / epoch) * epoch;
	return {
		limit,
		lookAt: (steps) => Math.min(limit, Math.ceil(steps / epoch) * epoch),
		before: (look) => Math.max(0, Math.ceil(look / epoch) - 1) * epoch,
	};
}
