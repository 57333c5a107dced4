import type { PlayState } from "../state/state.js";
import { studyOf } from "../state/study-file.js";

/** A training ends at the goal, or after so many epochs or steps, whichever is more. */
export const raceLimits = { epochs: 40, steps: 1000 } as const;
/** What a race may take at most. */
export const mostOfRace = { trainings: 400, seconds: 180 } as const;

/**
 * The study that a race runs: the task of the lanes with the first lane's optimizer, at every fourth power of two and at all examples, a
 * learning rate searched for each. `population`: training examples.
 */
export function raceStudy(state: PlayState, population: number): Readonly<Record<string, unknown>> {
	const sizes: (number | "full")[] = [];
	for (let size = 1; 2 * size <= population; size *= 4) sizes.push(size);
	return {
		...studyOf(state, population),
		name: "race to the goal",
		batchSizes: [...sizes, "full"],
		limits: raceLimits,
		budget: { trials: mostOfRace.trainings },
	};
}
