import { batchSizeAt } from "../engine/schedules/batch-size.js";
import { rateFactor } from "../engine/schedules/learning-rate.js";
import type { TrainableStudy } from "../study/study.js";
import { scheduleOf } from "../study/workloads/table.js";

/** Learning rate and batch size of the next step. */
export interface Pace {
	learningRate: number;
	batchSize: number;
}

/**
 * The pace of a trial after this many steps and examples, under its study's schedule; the same object each time. One epoch is N
 * examples used; the planned length is the trial's cap.
 */
export function paceOf(
	{ workload, data }: Pick<TrainableStudy, "workload"> & { readonly data: { readonly train: number } },
	{ learningRate, batchSize, cap = Number.POSITIVE_INFINITY }: Readonly<Pace> & { readonly cap?: number },
): (steps: number, examples: number) => Readonly<Pace> {
	const pace = { learningRate, batchSize };
	const schedule = scheduleOf(workload);
	if (!schedule) return () => pace;
	const at = (steps: number, examples: number) => ({ steps, examples, epochs: examples / data.train, horizon: steps / cap });
	return (steps, examples) => {
		const before = at(steps, examples);
		if (schedule.batchSize) pace.batchSize = batchSizeAt(schedule.batchSize, batchSize, data.train, before);
		pace.learningRate = learningRate * rateFactor(schedule, before, at(steps + 1, examples + pace.batchSize));
		return pace;
	};
}
