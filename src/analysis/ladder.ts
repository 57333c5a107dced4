import type { LadderArm } from "../core/ladder.js";
import type { Recommendation } from "./findings.js";

/**
 * What a ladder's answer may claim. At every setting but the winner's there is one run, on the seed that all share, and of most of them
 * only the beginning: that shows no spread between seeds, so the verdict is never "found", however far ahead the winner is. Sizes whose
 * best arm came within the tolerance of the winner are statistically tied with it.
 */
export function byLadder(recommendation: Recommendation, arms: readonly LadderArm[], tolerance: number): Recommendation {
	if (recommendation.batchSize === null) return recommendation;
	const close = arms.flatMap(({ batchSize, times }) => (times !== null && times <= 1 + tolerance ? [batchSize] : []));
	return {
		...recommendation,
		verdict: "undecided",
		withinTolerance: null,
		indistinguishable: [...new Set([...close, recommendation.batchSize])].sort((a, b) => a - b),
		neighbours: [],
		untried: [],
		next: [],
	};
}
