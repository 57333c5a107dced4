import { rateFactor } from "../engine/schedules/learning-rate.js";
import { isForeign, type TrainableStudy } from "../study/study.js";

/** The learning rate of the next step of a trial that has taken so many steps and used so many examples. */
export type RateAt = (steps: number, examples: number) => number;

/** A trial's learning rate under its study's schedule. One epoch is N examples used. */
export function rateAtOf(
	{ workload, data }: TrainableStudy,
	{ learningRate, batchSize }: { learningRate: number; batchSize: number },
): RateAt {
	const schedule = isForeign(workload) ? undefined : workload.schedule;
	if (!schedule) return () => learningRate;
	const at = (steps: number, examples: number) => ({ steps, epochs: examples / data.train });
	return (steps, examples) => learningRate * rateFactor(schedule, at(steps, examples), at(steps + 1, examples + batchSize));
}
