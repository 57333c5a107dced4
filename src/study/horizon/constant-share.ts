import type { Marks } from "../../engine/schedules/position.js";
import type { Study } from "../study.js";
import type { AnyWorkload } from "../workloads/table.js";
import { isDescent, scheduleOf } from "../workloads/table.js";

/** A shorter common beginning, as a share of a training, isn't worth keeping. */
export const leastConstantShare = 0.1;

/**
 * The share of a training that longer ones of the same setting and seed begin with as well, since its schedule doesn't follow the length
 * there: 0.8 under a cooldown over the last fifth, 1 where the length plays no part. 0 where the schedule follows it from the start, and
 * where runs can't be branched: scripts and trainers of the user's own.
 */
export function constantShare(workload: AnyWorkload): number {
	const share = untilTheSchedule(workload);
	return share < leastConstantShare ? 0 : share;
}

function untilTheSchedule(workload: AnyWorkload): number {
	if (!isDescent(workload)) return 0;
	const { warmUp, learningRate } = scheduleOf(workload) ?? {};
	if (warmUp && "horizon" in warmUp) return 0;
	if (!learningRate) return 1;
	if ("stable-decay" in learningRate) return 1 - learningRate["stable-decay"].cooldown;
	if ("step" in learningRate) return firstMark(learningRate.step);
	return Object.values(learningRate).some((part: object) => "horizon" in part) ? 0 : 1;
}

function firstMark(marks: Marks): number {
	if (!("horizon" in marks)) return 1;
	return typeof marks.horizon === "number" ? marks.horizon : Math.min(...marks.horizon);
}

/** Whether the constant part isn't common to all lengths only because the warm-up before it is scaled with them. */
export const isSplitByWarmUp = (workload: AnyWorkload): boolean =>
	isDescent(workload) &&
	constantShare(workload) === 0 &&
	constantShare({ ...workload, schedule: { ...workload.schedule, warmUp: { steps: 1 } } }) > 0;

/** What is saved at most, were the whole of each training common to all: measured on digits, see docs/schedules.md. */
const mostSaved = { ofLeastLength: 0.39, trainingsOfBest: 0.94 } as const;

/** What the least length costs, as a share of what it would with every training begun anew. */
export const leastLengthCost = ({ workload }: Pick<Study, "workload">): number => 1 - mostSaved.ofLeastLength * constantShare(workload);

/** Trainings that the search for the best end doesn't have to run again. */
export const savedOfBest = ({ workload }: Pick<Study, "workload">): number => mostSaved.trainingsOfBest * constantShare(workload);
