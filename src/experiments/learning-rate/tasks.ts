import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import { seedsOf } from "../lab/workloads.js";
import { training, type Work } from "../work.js";
import type { Settings } from "./settings.js";

export interface Task {
	readonly workload: NetworkWorkload;
	readonly batchSize: number;
	readonly learningRate: number;
	readonly epochs: number;
	readonly seed: number;
}

/** Where a run ended. Null: it diverged. */
export interface Result extends Pick<Task, "batchSize" | "learningRate" | "seed"> {
	readonly end: {
		readonly validationLoss: number;
		readonly validationAccuracy: number;
		/** ‖w − w₀‖. */
		readonly distance: number;
	} | null;
}

export function tasksOf({ workload, batchSizes, rates, epochs, seeds, restore, seed: first }: Settings): readonly Task[] {
	const places = seedsOf(first, seeds.tuning + seeds.reporting);
	const each = (batchSize: number, learningRate: number) =>
		places.map((seed): Task => ({ workload, batchSize, learningRate, epochs, seed }));
	const restoring = [...new Set(restore.rates.flatMap((rate) => [rate, rate * restore.factor]))];
	return [
		...batchSizes.flatMap((batchSize) => rates.flatMap((rate) => each(batchSize, rate))),
		...restoring.flatMap((rate) => [restore.reference, restore.batchSize].flatMap((batchSize) => each(batchSize, rate))),
	];
}

export const workOf = ({ workload, batchSize, epochs }: Task): Work => ({
	workload,
	amount: (examples) => training(batchSize, epochs * Math.floor(examples / batchSize), 1),
});

/** Trains whole batches only: a last one of 63 examples next to one of 1,024 would be a second batch size. */
export async function trainToEnd({ workload, batchSize, learningRate, epochs, seed }: Task, tools: Tools): Promise<Result> {
	const lab = await Laboratory.open(workload, tools);
	lab.begin(batchSize, seed);
	const about = { batchSize, learningRate, seed };
	const steps = epochs * Math.floor(lab.examples / batchSize);
	for (let step = 0; step < steps; step++) if (!Number.isFinite(lab.step(learningRate).loss)) return { ...about, end: null };
	const validation = lab.evaluate("validation");
	if (!validation || !Number.isFinite(validation.loss)) return { ...about, end: null };
	return {
		...about,
		end: { validationLoss: validation.loss, validationAccuracy: validation.accuracy ?? 0, distance: lab.distance() },
	};
}
