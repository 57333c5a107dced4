import { goalMetric } from "../../../core/goal.js";
import { metricsHeard } from "../../../study/workloads/command/workload.js";
import type { ScriptStudy } from "../site.js";
import { Columns } from "../written/columns.js";
import { Hearing } from "./hearing.js";

/** What hears one run of the study's script; null where nothing is heard. `all`: as `Columns` takes it. */
export function hearingOf({ workload, goal }: Pick<ScriptStudy, "workload" | "goal">, all = false): Hearing | null {
	const settings = metricsHeard(workload);
	return settings ? new Hearing(settings, new Columns(settings.names, goalMetric(goal), all)) : null;
}
