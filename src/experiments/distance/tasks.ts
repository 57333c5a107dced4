import type { Tools } from "../experiment.js";
import { seedsOf } from "../lab/workloads.js";
import { training, type Work } from "../work.js";
import { type FirstStep, type FirstStepTask, firstStep } from "./first-step.js";
import type { Settings } from "./settings.js";
import { looksOf, type Travel, type TravelTask, travel } from "./travels.js";

export type Task = ({ readonly kind: "travel" } & TravelTask) | ({ readonly kind: "first step" } & FirstStepTask);

export type Result = { readonly kind: "travel"; readonly travel: Travel } | { readonly kind: "first step"; readonly first: FirstStep };

export function tasksOf({ workload, batchSizes, rates, epochs, steps, ...settings }: Settings): readonly Task[] {
	const seeds = seedsOf(settings.seed, settings.seeds);
	return [
		...batchSizes.flatMap((batchSize) =>
			(["mean", "sum"] as const).flatMap((reduction) =>
				rates[reduction].flatMap((learningRate) =>
					seeds.map((seed): Task => {
						const run = { batchSize, learningRate, epochs, steps, seed };
						return { kind: "travel", workload: { ...workload, reduction }, ...run };
					}),
				),
			),
		),
		...seeds.map((seed): Task => ({ kind: "first step", workload, learningRate: rates.mean[1], seed })),
	];
}

export const workOf = (task: Task): Work => ({
	workload: task.workload,
	amount: (examples) => {
		if (task.kind === "first step") return { ...training(examples, 1, 0), probes: [{ batchSize: examples, count: 1 }] };
		const perEpoch = Math.ceil(examples / task.batchSize);
		const { epochs, steps } = task;
		return training(task.batchSize, Math.max(epochs * perEpoch, steps), looksOf(perEpoch, epochs, steps).length);
	},
});

export const run = async (task: Task, tools: Tools): Promise<Result> =>
	task.kind === "travel"
		? { kind: task.kind, travel: await travel(task, tools) }
		: { kind: task.kind, first: await firstStep(task, tools) };
