import type { Tools } from "../experiment.js";
import { seedsOf } from "../lab/workloads.js";
import { training, type Work } from "../work.js";
import { measureNorms, type Norms, type NormsTask } from "./norms.js";
import { comparePaths, type Path, type PathTask } from "./paths.js";
import type { Settings } from "./settings.js";

export type Task = NormsTask | PathTask;

export type Result = { readonly kind: "norms"; readonly norms: Norms } | { readonly kind: "path"; readonly path: Path };

export function tasksOf({ workload, training, epochs, batchSizes, batches, paths, ...settings }: Settings): readonly Task[] {
	const seeds = seedsOf(settings.seed, settings.seeds);
	const path = (batchSize: number, seed: number, lastBatch: "keep" | "drop", share: number): Task => {
		const { learningRate, epochs: trained } = paths;
		return { kind: "path", workload, batchSize, lastBatch, learningRate, share, epochs: trained, seed };
	};
	return [
		...epochs.flatMap((after) =>
			seeds.map((seed): Task => ({ kind: "norms", workload, training, epochs: after, batchSizes, batches, seed })),
		),
		...paths.batchSizes.flatMap((batchSize) =>
			seeds.flatMap((seed) => [path(batchSize, seed, "drop", 1), path(batchSize, seed, "keep", 1), path(batchSize, seed, "drop", 2)]),
		),
	];
}

/** The exact moments take the gradient of every example once more. */
export const workOf = (task: Task): Work => ({
	workload: task.workload,
	amount: (examples) => {
		if (task.kind === "path") {
			const { batchSize, epochs, lastBatch } = task;
			const perEpoch = lastBatch === "drop" ? Math.floor(examples / batchSize) : Math.ceil(examples / batchSize);
			return { ...training(batchSize, 2 * epochs * perEpoch, 0), trainings: 2 };
		}
		const { batchSize } = task.training;
		const drawn = task.batchSizes.map((size) => ({ batchSize: size, count: size === examples ? 1 : task.batches }));
		const probes = [...drawn, { batchSize: examples, count: 1 }];
		return { ...training(batchSize, task.epochs * Math.ceil(examples / batchSize), 0), probes };
	},
});

export const run = async (task: Task, tools: Tools): Promise<Result> =>
	task.kind === "norms"
		? { kind: task.kind, norms: await measureNorms(task, tools) }
		: { kind: task.kind, path: await comparePaths(task, tools) };
