import { defineExperiment } from "../experiment.js";
import { digitsExamples, plainDigits, seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { firstStep } from "./first-step.js";
import type { Result, Settings, Task } from "./settings.js";
import { travel } from "./travels.js";

const seeds = { quick: 6, full: 20 } as const;

export const distance = defineExperiment<Settings, Task, Result>({
	id: "distance",
	question: "How far do small and large batches travel from the initial weights?",
	method:
		"A network of 64-64-10 is trained on the handwritten digits by plain SGD, at every batch size with the same learning rate, from the same initial weights and for the same 30 epochs (or 100 steps, if those are more). The Euclidean distance from the initial weights is followed epoch by epoch, step by step and example by example, with gradients averaged over the batch and with gradients summed, at three rates each. Rates are not tuned per size: that is the comparison the claims are about.",
	rows: ["R10", "R12"],
	claims: ["C28", "C29", "C30", "C36"],
	timed: false,
	settings: ({ size, seed }) => ({
		workload: plainDigits,
		batchSizes: [1, 4, 16, 64, 256, digitsExamples],
		// Of powers of two. The full batch's sum at the middle rate steps as the mean does at 1,087 / 2,048 = 0.53.
		rates: { mean: [0.03125, 0.125, 0.5], sum: [2 ** -13, 2 ** -11, 2 ** -9] },
		epochs: 30,
		steps: 100,
		seeds: seeds[size],
		seed,
	}),
	tasks: ({ workload, batchSizes, rates, epochs, steps, seeds, seed }) => [
		...batchSizes.flatMap((batchSize) =>
			(["mean", "sum"] as const).flatMap((reduction) =>
				rates[reduction].flatMap((learningRate) =>
					Array.from({ length: seeds }, (_, place): Task => {
						const run = { batchSize, learningRate, epochs, steps, seed: seedAt(seed, place) };
						return { kind: "travel", workload: { ...workload, reduction }, ...run };
					}),
				),
			),
		),
		...Array.from({ length: seeds }, (_, place): Task => {
			return { kind: "first step", workload, learningRate: rates.mean[1], seed: seedAt(seed, place) };
		}),
	],
	run: async (task, tools) =>
		task.kind === "travel"
			? { kind: task.kind, travel: await travel(task, tools) }
			: { kind: task.kind, first: await firstStep(task, tools) },
	conclude,
});
