import { SweetspotError } from "../core/errors.js";
import type { StoredStudy } from "../study/contracts.js";
import { workloadName } from "../study/workloads/table.js";

/** Why a study of imported runs is not run here. */
export function untrainable({ id, study, trials }: StoredStudy): SweetspotError {
	return new SweetspotError(
		"study/imported",
		`${id} has ${trials} runs, imported from ${workloadName(study.workload)}; what they trained is not known here`,
		`look at them with \`sweetspot show ${id}\`. For more runs, import a file that has them too; to train here, write a study file (docs/study.md)`,
	);
}
