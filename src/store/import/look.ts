import type { Evaluation } from "../../core/trial.js";

/** One line of a run. */
export interface ImportedLook {
	readonly line: number;
	readonly step: number;
	/** Examples used so far; null where the table doesn't say. */
	readonly examples: number | null;
	readonly seconds: number | null;
	readonly metrics: Evaluation["metrics"];
	/** A metric was NaN or infinite: the run has diverged. */
	readonly diverged: boolean;
}
