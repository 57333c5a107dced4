import type { Calibration, StepTime } from "../core/calibration.js";
import type { ColumnAnswer } from "../core/column.js";
import { isSameRate } from "../core/setting.js";
import type { FinishedTrial, StepClock } from "../core/trial.js";

/**
 * Seconds per step as the runs' own clocks show them, one value a run: for trainers whose steps can't be timed apart. Of the reporting runs, which go from the start to the goal
 * as a real training does; where there are none yet, of all. Where the scripts don't tell it themselves, evaluations and what else happens between reports are in it, and so is whatever ran beside it. Start-up isn't, but where
 * every run reported only once. Null where no run has a clock.
 */
export function timesOfRuns(trials: readonly FinishedTrial[], answers: readonly ColumnAnswer[], machine: string): Calibration | null {
	const stepTimes = answers.flatMap((answer): StepTime[] => {
		const runs = trials.filter(({ spec }) => spec.batchSize === answer.batchSize);
		const reporting = runs.filter(({ spec }) => spec.phase === "reporting" && isSameRate(spec, answer));
		const clocks = clocksOf(reporting) ?? clocksOf(runs);
		if (clocks === null) return [];
		const startUp = clocks[0].startUp;
		const passes = clocks.map(({ seconds, steps }) => seconds / steps);
		return [{ batchSize: answer.batchSize, passes, ...(startUp && { startUp }) }];
	});
	return stepTimes.length === 0 ? null : { machine, stepTimes };
}

/** Those without start-up, or all where there are none; null where there are none at all. */
function clocksOf(runs: readonly FinishedTrial[]): readonly StepClock[] | null {
	const clocks = runs.flatMap(({ result }) => result.clock ?? []);
	const exact = clocks.filter(({ startUp }) => !startUp);
	return exact.length > 0 ? exact : clocks.length > 0 ? clocks : null;
}
