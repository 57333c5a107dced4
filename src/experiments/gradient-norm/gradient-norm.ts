import { defineExperiment } from "../experiment.js";
import { sizesOf, subjectNames, subjectOf } from "../lab/subjects.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { measureNorms } from "./norms.js";
import { comparePaths } from "./paths.js";
import type { Result, Settings, Task } from "./settings.js";

const seeds = { quick: 6, full: 20 } as const;
const seedsOfLarge = { quick: 3, full: 10 } as const;

export const gradientNorm = defineExperiment<Settings, Task, Result>({
	id: "gradient-norm",
	question: "Does the gradient norm grow or shrink with the batch size?",
	method:
		"A network is trained by plain SGD, batches of 32. After 2 epochs (early) and after 30 (late) it stands still while 1,000 batches of each size are drawn, without replacement within a batch, and the Euclidean norm of each one's gradient is taken: averaged over the batch, and summed, which is B times as long. Beside the norms stands what must come out, from the gradients of all training examples at the same weights, with nothing fitted. Apart from that, runs whose gradients are summed are compared, weight for weight, with runs whose gradients are averaged, through the same batches.",
	data: subjectNames,
	rows: ["R4", "R8", "R9", "R22"],
	claims: ["C5", "C31", "C32", "C33", "C34", "C35"],
	timed: false,
	settings: ({ size, seed, data }) => {
		const subject = subjectOf(data, "digits");
		const { plain, rate, large } = subject;
		return {
			workload: plain,
			training: { batchSize: 32, learningRate: rate },
			epochs: [2, 30],
			batchSizes: sizesOf(subject, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]),
			batches: 1000,
			// Of digits' 1,087, a prime, each leaves a partial last batch. Dividing by 100 rounds, by the others it doesn't.
			paths: { batchSizes: [32, 100, subject.examples > 512 ? 512 : 256], epochs: large ? 2 : 10, learningRate: rate },
			seeds: (large ? seedsOfLarge : seeds)[size],
			seed,
		};
	},
	tasks: ({ workload, training, epochs, batchSizes, batches, paths, seeds, seed }) => {
		const places = Array.from({ length: seeds }, (_, place) => seedAt(seed, place));
		const path = (batchSize: number, seed: number, lastBatch: "keep" | "drop", share: number): Task => ({
			kind: "path",
			workload,
			batchSize,
			lastBatch,
			learningRate: paths.learningRate,
			share,
			epochs: paths.epochs,
			seed,
		});
		return [
			...epochs.flatMap((after) =>
				places.map((seed): Task => ({ kind: "norms", workload, training, epochs: after, batchSizes, batches, seed })),
			),
			...paths.batchSizes.flatMap((batchSize) =>
				places.flatMap((seed) => [path(batchSize, seed, "drop", 1), path(batchSize, seed, "keep", 1), path(batchSize, seed, "drop", 2)]),
			),
		];
	},
	run: async (task, tools) =>
		task.kind === "norms"
			? { kind: task.kind, norms: await measureNorms(task, tools) }
			: { kind: task.kind, path: await comparePaths(task, tools) },
	conclude,
});
