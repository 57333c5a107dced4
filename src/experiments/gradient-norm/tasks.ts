import type { Tools } from "../experiment.js";
import { seedsOf } from "../lab/workloads.js";
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

export const run = async (task: Task, tools: Tools): Promise<Result> =>
	task.kind === "norms"
		? { kind: task.kind, norms: await measureNorms(task, tools) }
		: { kind: task.kind, path: await comparePaths(task, tools) };
