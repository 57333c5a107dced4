import type { Conclusion, Experiment } from "../experiments/experiment.js";
import type { ExperimentRun } from "../study/experiment-runs.js";

/** What the page of an experiment is made of. */
export interface ExperimentInput {
	readonly experiment: Experiment;
	readonly run: ExperimentRun;
	readonly conclusion: Conclusion;
	/** The command that repeats it. */
	readonly command: string;
}
