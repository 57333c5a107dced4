import type { Calibration, StepTime } from "../core/calibration.js";
import type { ColumnAnswer } from "../core/column.js";
import { isSameRate } from "../core/setting.js";
import { clockOf, secondsPerStepOf } from "../core/step-clock.js";
import type { FinishedTrial, StepClock } from "../core/trial.js";

/**
 * Seconds per step by the runs' own clocks, one value per run, for trainers whose steps can't be timed separately. They come from the
 * reporting runs, which go from the start to the goal as a real training does; if those can't be timed, from all runs. Unless scripts
 * report the time themselves, it includes evaluations, everything else between reports, and the machine's other load. It includes start-up
 * only if every run was too short to be timed between reports, or reported only once. Null if no run has a clock.
 */
export function timesOfRuns(trials: readonly FinishedTrial[], answers: readonly ColumnAnswer[], machine: string): Calibration | null {
	const stepTimes = answers.flatMap((answer): StepTime[] => {
		const runs = trials.filter(({ spec }) => spec.batchSize === answer.batchSize);
		const reporting = runs.filter(({ spec }) => spec.phase === "reporting" && isSameRate(spec, answer));
		const clocks = [exactOf(reporting), exactOf(runs), clocksOf(reporting), clocksOf(runs)].find((some) => some.length > 0);
		if (clocks === undefined) return [];
		const startUp = clocks[0].startUp;
		const passes = clocks.map(secondsPerStepOf);
		return [{ batchSize: answer.batchSize, passes, ...(startUp && { startUp }) }];
	});
	return stepTimes.length === 0 ? null : { machine, stepTimes };
}

const clocksOf = (runs: readonly FinishedTrial[]): readonly StepClock[] => runs.flatMap(({ result }) => clockOf(result) ?? []);

/** Those without start-up. */
const exactOf = (runs: readonly FinishedTrial[]): readonly StepClock[] => clocksOf(runs).filter(({ startUp }) => !startUp);
