import type { TrialResult } from "../../core/trial.js";
import { upperMiddle } from "../../core/upper-middle.js";

/** Median steps-to-target of these runs, the upper middle one of an even number; null if there are none or most missed the goal. */
export const medianSteps = (runs: readonly Pick<TrialResult, "reached">[]): number | null =>
	upperMiddle(
		runs.flatMap(({ reached }) => reached?.step ?? []),
		runs.length,
	) ?? null;
