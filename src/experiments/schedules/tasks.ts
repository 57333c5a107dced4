import { paceOf } from "../../trainers/pace.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import { seedsOf } from "../lab/workloads.js";
import { type Arm, armsOf } from "./arms.js";
import type { Settings } from "./settings.js";

/** One run, whose rate and batch size may change on the way. */
export interface Task extends Omit<Arm, "name"> {
	/** What the run is compared as. */
	readonly arm: string;
	readonly seed: number;
}

/** What was seen before the first epoch and after each, as columns of equal length; shorter where the run diverged. */
export interface Result {
	readonly arm: string;
	readonly seed: number;
	/** Updates so far. */
	readonly updates: readonly number[];
	readonly trainLoss: readonly number[];
	readonly validationLoss: readonly number[];
	readonly validationAccuracy: readonly number[];
	readonly diverged: boolean;
}

export function tasksOf(settings: Settings): readonly Task[] {
	const { seeds, seed: first } = settings;
	return armsOf(settings).flatMap(({ name, ...arm }) =>
		seedsOf(first, seeds.tuning + seeds.reporting).map((seed): Task => ({ arm: name, ...arm, seed })),
	);
}

/** Trains as a trial under this schedule does: rate and batch size change between two steps of one run, nothing begins anew. */
export async function trainScheduled(
	{ workload, arm, batchSize, learningRate, schedule, epochs, seed }: Task,
	tools: Tools,
): Promise<Result> {
	const lab = await Laboratory.open(workload, tools);
	const paceAt = paceOf({ workload: { ...workload, schedule }, data: { train: lab.examples } }, { batchSize, learningRate });
	lab.begin(batchSize, seed);
	const columns = {
		updates: [] as number[],
		trainLoss: [] as number[],
		validationLoss: [] as number[],
		validationAccuracy: [] as number[],
	};
	let updates = 0;
	let examples = 0;
	for (let epoch = 0; epoch <= epochs; epoch++) {
		while (examples < epoch * lab.examples) {
			const pace = paceAt(updates, examples);
			const { loss, count } = lab.step(pace.learningRate, pace.batchSize);
			updates++;
			examples += count;
			if (!Number.isFinite(loss)) return { arm, seed, ...columns, diverged: true };
		}
		const [train, validation] = [lab.evaluate("train"), lab.evaluate("validation")];
		if (!train || !validation || !Number.isFinite(train.loss) || !Number.isFinite(validation.loss))
			return { arm, seed, ...columns, diverged: true };
		columns.updates.push(updates);
		columns.trainLoss.push(train.loss);
		columns.validationLoss.push(validation.loss);
		columns.validationAccuracy.push(validation.accuracy ?? 0);
	}
	return { arm, seed, ...columns, diverged: false };
}
