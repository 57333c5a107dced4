import type { EndingSize } from "../../core/ending.js";
import type { Rounds } from "../search/rounds.js";
import type { Field } from "./field.js";
import { expectedShare, lengthsAround, scoreOf } from "./lengths-around.js";

/** Doublings of the length, and lengths around the expected one: trials that the user's own setting usually takes. */
export const usualOfOwn = (reportingSeeds: number): number => 6 + 4 * reportingSeeds;

/**
 * The least length at which the user's own setting ends at the goal: doubled on the first fresh seed until it does, then all fresh seeds at
 * four lengths around. It takes no part in the choice. Null where the study has no such setting.
 */
export function* ownLength(field: Field): Rounds<EndingSize | null> {
	const { baseline: own, seeds } = field.study;
	if (!own) return null;
	const { batchSize, learningRate } = own;
	const goal = scoreOf(field.goal);
	let missed: number | null = null;
	for (const share of field.shares) {
		const [score]: readonly number[] = yield* field.ownScores(own, [share], 1);
		if (score <= goal) {
			const trainings = {
				goal: field.goal,
				steps: (share: number) => field.steps(batchSize, share),
				freshScores: (shares: readonly number[]) => field.ownScores(own, shares, seeds.reporting),
			};
			const lengths = yield* lengthsAround(trainings, expectedShare(goal, share, score, missed));
			return { batchSize, learningRate, lengths, state: "measured" };
		}
		missed = score;
	}
	return { batchSize, learningRate, lengths: [], state: "not reached" };
}
