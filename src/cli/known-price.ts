import { paceOf } from "../api/script-pace.js";
import type { Store } from "../study/contracts.js";
import type { Pace } from "../study/pace.js";
import { planOf } from "../study/plan.js";
import { type ScriptPrice, scriptPrice } from "../study/script-price.js";
import type { TrainableStudy } from "../study/study.js";
import { isCommand } from "../study/workloads/table.js";

/** What tuning a script will take, and how fast it was seen to train; null where that is not known, or it is no script. */
export function knownPrice(
	study: TrainableStudy,
	store: Store | null,
	slots: number,
): { readonly price: ScriptPrice; readonly pace: Pace } | null {
	const { workload } = study;
	const pace = isCommand(workload) ? paceOf({ ...study, workload }, store) : null;
	return pace && { pace, price: scriptPrice(study, pace, planOf(study, null, slots).trials, slots) };
}
