import { defineExperiment } from "../experiment.js";
import { epochLooks, takeCurves } from "../lab/curves.js";
import { Laboratory } from "../lab/laboratory.js";
import { seedAt, tutorial } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { checkArithmetic } from "./invariants.js";
import type { PublishedRun, Result, Settings, Task } from "./runs.js";

/** Brownlee 2019: table of the four runs discussed in the text. */
const published: readonly PublishedRun[] = [
	{ batchSize: 500, learningRate: 0.01, published: { train: 0.816, test: 0.83 } },
	{ batchSize: 32, learningRate: 0.01, published: { train: 0.832, test: 0.812 } },
	{ batchSize: 1, learningRate: 0.001, published: { train: 0.816, test: 0.824 } },
	{ batchSize: 1, learningRate: 0.01, published: { train: 0.612, test: 0.606 } },
];

/** Sizes at which the definitions are checked: both ends, a divisor of N, and such as leave a partial last batch. */
const checked = [1, 7, 32, 250, 450, 500];

/**
 * The range of n runs holds a further one with probability (n − 1)/(n + 1): 95 % for 39. So a published run is "within our range" when it could be one of
 * ours.
 */
const seeds = { quick: 39, full: 199 } as const;

export const flavors = defineExperiment<Settings, Task, Result>({
	id: "flavors",
	question: "What sets batch, mini-batch and stochastic gradient descent apart on the same problem?",
	method:
		"The four runs of the tutorial on batch size and stability (Brownlee 2019), each from many seeds: a 2-50-3 network on its own 1,000 points in three classes, half to train and half held out, 200 epochs. Seeds are shared by the runs, so that differences are paired. Beside them, the definitions (flavors, epochs, updates, the last partial batch, the metrics of a step) are checked batch for batch.",
	data: ["tutorial-blobs"],
	rows: ["R1", "R2", "R3", "R5", "R7"],
	claims: ["C1", "C2", "C3", "C4", "C6", "C7", "C13", "C14", "C16"],
	timed: false,
	settings: ({ size, seed }) => ({ workload: tutorial, runs: published, seeds: seeds[size], epochs: 200, seed }),
	tasks: ({ workload, runs, seeds, epochs, seed }) => [
		...[...runs]
			.sort((a, b) => a.batchSize - b.batchSize)
			.flatMap((run) =>
				Array.from({ length: seeds }, (_, place): Task => ({ kind: "run", workload, run, epochs, seed: seedAt(seed, place) })),
			),
		...checked.map((batchSize): Task => ({ kind: "arithmetic", workload, batchSize, seed: seedAt(seed, 0) })),
	],
	async run(task, tools) {
		if (task.kind === "arithmetic")
			return { kind: task.kind, arithmetic: await checkArithmetic(task.workload, task.batchSize, task.seed, tools) };
		const lab = await Laboratory.open(task.workload, tools);
		const { batchSize, learningRate } = task.run;
		const looks = epochLooks(lab.examples, batchSize, task.epochs);
		return { kind: task.kind, curves: takeCurves(lab, { batchSize, learningRate, seed: task.seed, looks }) };
	},
	conclude,
});
