import { expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import { blankAnswer } from "../core/column.js";
import type { FinishedTrial, StepClock } from "../core/trial.js";
import { timesOfRuns } from "./run-times.js";

const answer = { ...blankAnswer(8, "open"), learningRate: 0.1 };

function run(seedIndex: number, clock: StepClock): FinishedTrial {
	const { spec, result } = trial({ phase: "reporting", batchSize: 8, learningRate: 0.1, seedIndex });
	return { spec, result: { ...result, clock } };
}

const timed = run(0, { steps: 10, seconds: 2, startUp: false });
/** Its only report was that of step 0. */
const stopped = run(1, { steps: 0, seconds: 3, startUp: false });

test("a clock that saw no step is no time per step", () => {
	expect(timesOfRuns([timed, stopped], [answer], "here")?.stepTimes).toEqual([{ batchSize: 8, passes: [0.2] }]);
	expect(timesOfRuns([stopped], [answer], "here")).toBeNull();
});

test("where no run was timed without its start-up, those with it count, and are marked", () => {
	const whole = run(2, { steps: 4, seconds: 2, startUp: true });
	expect(timesOfRuns([stopped, whole], [answer], "here")?.stepTimes).toEqual([{ batchSize: 8, passes: [0.5], startUp: true }]);
});
