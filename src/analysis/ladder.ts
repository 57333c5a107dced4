import type { LadderArm } from "../core/ladder.js";
import type { Recommendation } from "./findings.js";
import { sureShare } from "./more-runs.js";

/**
 * What a ladder's answer may claim. At most settings there is one run, and of most of them only the beginning, so resamples of runs show
 * nothing. "found": by all runs to the goal it is at least 95 % likely that the winner is within the tolerance of the best (`certainty`,
 * null where that is not known). Sizes whose best arm came within the tolerance of the winner are statistically tied with it.
 */
export function byLadder(
	recommendation: Recommendation,
	arms: readonly LadderArm[],
	certainty: number | null,
	tolerance: number,
): Recommendation {
	if (recommendation.batchSize === null) return recommendation;
	const close = arms.flatMap(({ batchSize, times }) => (times !== null && times <= 1 + tolerance ? [batchSize] : []));
	return {
		...recommendation,
		verdict: certainty !== null && certainty >= sureShare ? "found" : "undecided",
		withinTolerance: certainty,
		indistinguishable: [...new Set([...close, recommendation.batchSize])].sort((a, b) => a - b),
		neighbours: [],
		next: [],
	};
}
