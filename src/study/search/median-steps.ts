import type { TrialResult } from "../../core/trial.js";
import { upperMiddle } from "../../core/upper-middle.js";

/** Median steps-to-target of these runs, of an even number the upper middle one; null where there are none or most missed the goal. */
export const medianSteps = (runs: readonly Pick<TrialResult, "reached">[]): number | null =>
	upperMiddle(
		runs.flatMap(({ reached }) => reached?.step ?? []),
		runs.length,
	) ?? null;
