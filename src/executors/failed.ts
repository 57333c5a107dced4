import type { TrialResult } from "../core/trial.js";

/** The result of a trial that ended without one of its own. */
export const failedResult = (message: string | null): TrialResult => ({
	outcome: "failed",
	steps: 0,
	examples: 0,
	first: null,
	reached: null,
	evaluations: [],
	probes: [],
	seconds: 0,
	message,
});
