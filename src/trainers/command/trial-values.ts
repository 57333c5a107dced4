import type { TrialSpec } from "../../core/trial.js";
import { stepsPerEpoch } from "../../study/steps.js";
import type { Study } from "../../study/study.js";
import { type PlaceholderValues, placeholderValues } from "../../study/workloads/command/placeholders.js";
import type { CommandWorkload } from "../../study/workloads/command/workload.js";
import { heldValues } from "../../study/workloads/held.js";

/** What the placeholders of a study's command stand for in a trial. */
export const trialValues = (
	study: Pick<Study, "data"> & { readonly workload: CommandWorkload },
	trial: TrialSpec,
	trialFolder: string,
): PlaceholderValues =>
	placeholderValues(study.workload, trial, trialFolder, {
		held: heldValues(study.workload.hold, trial.batchSize),
		...(study.data.train > 0 && { stepsPerEpoch: stepsPerEpoch(trial.batchSize, study) }),
	});
