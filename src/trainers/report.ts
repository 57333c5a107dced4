import type { Metrics } from "../core/known-metrics.js";

/** What the user's code reports about its run, as often as it likes. */
export interface Report {
	/** Updates made so far: from 1, each report's larger than the one before. */
	readonly step: number;
	/** Examples used so far; by default step × batch size. */
	readonly examples?: number;
	/**
	 * What was measured after this step. The goal is checked on reports that carry its metric; accuracies are shares from 0 to 1.
	 * Your own names, such as `f1`, are allowed.
	 */
	readonly metrics: Metrics;
}
