import { mayBeContinued, type TrialSpec } from "../../core/trial.js";
import { capsOf } from "../../study/search/caps.js";
import type { ScriptStudy } from "./site.js";

/**
 * The steps that a trial's script is given as the most it takes. One that may be continued is given the study's own limit: it is stopped at
 * the trial's cap, and must do the same at any cap.
 */
export const plannedSteps = (study: ScriptStudy, trial: TrialSpec): number =>
	mayBeContinued(trial) ? Math.max(trial.cap, capsOf(study, trial.batchSize).limit) : trial.cap;
