import type { Setting } from "../core/setting.js";
import type { Measure, SizeMeasures } from "./measures.js";
import { type Objective, objectives } from "./objectives.js";

/** A batch size that reached the goal, and the rate it is reported at. */
export interface Candidate extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly measures: SizeMeasures;
}

/** The score by the medians; lowest is best. NaN if seconds are needed and there are none. */
export const scoreOf = (objective: Objective, { seconds, examples }: SizeMeasures): number =>
	objectives[objective].score(seconds?.value ?? Number.NaN, examples.value);

/**
 * The score in every resample. `shrink`: factor that moves the runs' draws closer to their medians on the log scale: 1 leaves them
 * unchanged, √½ gives those of twice as many runs. Draws of seconds per step don't change, nor does the place of the goal within a late
 * look.
 */
export function scoreDraws(objective: Objective, measures: SizeMeasures, shrink = 1): Float64Array {
	const { steps, examples, secondsPerStep } = measures;
	const drawn = ({ draws, value, withinLook }: Measure, r: number): number => {
		if (shrink === 1) return draws[r];
		const within = withinLook?.[r] ?? 1;
		return within * value * (draws[r] / within / value) ** shrink;
	};
	return examples.draws.map((_, r) =>
		objectives[objective].score(drawn(steps, r) * (secondsPerStep?.draws[r] ?? Number.NaN), drawn(examples, r)),
	);
}

/**
 * The candidate with the least score; of equal ones the one with less of what the objective doesn't count, then the smaller. So no other
 * candidate is better in time or examples and no worse in the other: such a size would have a lower score, or come before it among equals.
 */
export function bestOf(objective: Objective, candidates: readonly Candidate[]): Candidate {
	const rest = ({ measures: { seconds, examples } }: Candidate): number => (seconds?.value ?? 1) * examples.value;
	return candidates.reduce((best, candidate) => {
		const gain = scoreOf(objective, best.measures) - scoreOf(objective, candidate.measures);
		return gain > 0 || (gain === 0 && rest(candidate) < rest(best)) ? candidate : best;
	});
}
