import { defineExperiment } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import { sizesOf, subjectNames, subjectOf } from "../lab/subjects.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import type { Result, Settings, Task } from "./runs.js";

/** So small that the weights stay where they are: only the time matters. */
const learningRate = 2 ** -20;

export const throughput = defineExperiment<Settings, Task, Result>({
	id: "throughput",
	question: "How many examples a second does this machine train on at each batch size, and where does doubling stop paying?",
	method:
		"Whole training steps of a network are timed at every batch size, on one thread, with nothing else of the experiment running. Every pass takes all sizes in turn, so that the machine's drift meets them all alike; the first pass warms up and is thrown away. Figures are medians over passes with 95 % bootstrap intervals. Seconds are this machine's: the digest leaves them out.",
	data: subjectNames,
	rows: ["R16"],
	claims: ["C10"],
	timed: true,
	settings: ({ size, seed, data }) => {
		const subject = subjectOf(data, "digits");
		return {
			workload: subject.workload,
			batchSizes: sizesOf(subject, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, ...(subject.large ? [1024, 2048, 4096] : [])]),
			passes: size === "quick" ? 15 : 45,
			milliseconds: 30,
			seed,
		};
	},
	tasks: ({ workload, batchSizes, passes, milliseconds, seed }) =>
		Array.from({ length: passes + 1 }, () =>
			batchSizes.map((batchSize) => ({ workload, batchSize, milliseconds, seed: seedAt(seed, 0) })),
		).flat(),
	async run({ workload, batchSize, milliseconds, seed }, tools) {
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
	},
	conclude,
});
