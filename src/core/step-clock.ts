import type { StepClock, TrialResult } from "./trial.js";

/**
 * What a run's steps took: null where it has no clock, and where its clock saw no step, as of a run that ended at its first report. Seconds
 * over no steps are no time per step.
 */
export const clockOf = ({ clock }: Pick<TrialResult, "clock">): StepClock | null => (clock && clock.steps > 0 ? clock : null);

/** The same, of runs that were timed without their start-up. */
export function exactClockOf(result: Pick<TrialResult, "clock">): StepClock | null {
	const clock = clockOf(result);
	return clock === null || clock.startUp ? null : clock;
}

export const secondsPerStepOf = ({ seconds, steps }: StepClock): number => seconds / steps;
