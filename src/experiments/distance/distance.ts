import { defineExperiment } from "../experiment.js";
import { sizesOf, subjectNames, subjectOf } from "../lab/subjects.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { firstStep } from "./first-step.js";
import type { Result, Settings, Task } from "./settings.js";
import { travel } from "./travels.js";

const seeds = { quick: 6, full: 20 } as const;
const seedsOfLarge = { quick: 3, full: 10 } as const;

export const distance = defineExperiment<Settings, Task, Result>({
	id: "distance",
	question: "How far do small and large batches travel from the initial weights?",
	method:
		"A network is trained by plain SGD, at every batch size with the same learning rate, from the same initial weights and for the same number of epochs (or 100 steps, if those are more). The Euclidean distance from the initial weights is followed epoch by epoch, step by step and example by example, with gradients averaged over the batch and with gradients summed, at three rates each. Rates are not tuned per size: that is the comparison the claims are about.",
	data: subjectNames,
	rows: ["R10", "R12"],
	claims: ["C28", "C29", "C30", "C36"],
	timed: false,
	settings: ({ size, seed, data }) => {
		const subject = subjectOf(data, "digits");
		const { plain, rate, examples, large } = subject;
		// The largest power of two at which the full batch's sum steps no farther than the mean does at rate 1: for digits 1/2,048.
		const summed = 2 ** (Math.clz32(examples - 1) - 32);
		return {
			workload: plain,
			batchSizes: sizesOf(subject, [1, 4, 16, 64, 256, ...(large ? [1024, 8192] : [])]),
			rates: { mean: [rate / 8, rate / 2, rate * 2], sum: [summed / 4, summed, summed * 4] },
			epochs: large ? 5 : 30,
			steps: 100,
			seeds: (large ? seedsOfLarge : seeds)[size],
			seed,
		};
	},
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
