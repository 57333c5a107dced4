import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import { seedAt } from "../lab/workloads.js";
import type { Settings } from "./settings.js";

export interface Task {
	readonly workload: NetworkWorkload;
	readonly batchSize: number;
	readonly milliseconds: number;
	readonly seed: number;
}

export interface Result {
	/** Of a whole training step: gathering the batch, forward, backward, update. */
	readonly secondsPerStep: number;
}

/** Pass by pass, all sizes in turn; the first pass warms up. */
export const tasksOf = ({ workload, batchSizes, passes, milliseconds, seed }: Settings): readonly Task[] =>
	Array.from({ length: passes + 1 }, () =>
		batchSizes.map((batchSize) => ({ workload, batchSize, milliseconds, seed: seedAt(seed, 0) })),
	).flat();

/** So small that the weights stay where they are: only the time matters. */
const learningRate = 2 ** -20;

export async function timeOneSize({ workload, batchSize, milliseconds, seed }: Task, tools: Tools): Promise<Result> {
	const lab = await Laboratory.open(workload, tools);
	lab.begin(batchSize, seed);
	lab.step(learningRate);
	const began = performance.now();
	let steps = 0;
	while (steps < 3 || performance.now() - began < milliseconds) {
		// Reading the clock costs a small step's time: not after every one.
		for (let i = 0; i < 8; i++) lab.step(learningRate);
		steps += 8;
	}
	return { secondsPerStep: (performance.now() - began) / 1000 / steps };
}
