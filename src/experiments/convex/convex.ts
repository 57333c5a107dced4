import type { LinearSource } from "../../data/source.js";
import { defineExperiment } from "../experiment.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { samplers } from "./problems.js";
import type { Result, Settings, Task } from "./settings.js";
import { converge, hover, race } from "./tasks.js";

const seeds = { quick: 8, full: 30 } as const;

/** A fifth of all examples is for validation. */
const withExamples = (source: Omit<LinearSource, "seed">, train: number): Omit<LinearSource, "seed"> => ({
	...source,
	examples: (train * 5) / 4,
});

export const convex = defineExperiment<Settings, Task, Result>({
	id: "convex",
	question: "Where does gradient descent end on a convex problem, and what does the batch size change about it?",
	method:
		"Regularized least squares and logistic regression on data made anew for each seed, whose optimum an independent solver gives exactly. Plain SGD descends them: the full batch, at rates below and above the largest that settles; every batch size, each at the best of several rates, until its loss is near the least; and, from the optimum on, at a constant rate, to see how far it hovers, with batches drawn with replacement and in reshuffled epochs, at several batch sizes and numbers of examples. For least squares with replacement the distance has a closed form, which stands beside it.",
	data: [],
	rows: ["R14"],
	claims: ["C17", "C18", "C19", "C20"],
	timed: false,
	settings: ({ size, seed }) => ({
		leastSquares: { name: "least-squares", examples: 200, dimensions: 5, noise: 0.5, penalty: 0.1 },
		// More examples, and so more held out: errors are shares of them.
		logistic: { name: "logistic", examples: 1000, dimensions: 5, noise: 1, penalty: 0.05 },
		converge: { shares: [0.5, 0.95, 1.05], steps: 1000 },
		race: {
			batchSizes: [1, 4, 16, 64, 160],
			rates: [0.015625, 0.03125, 0.0625, 0.125, 0.25, 0.5, 1],
			targets: [0.1, 1e-4],
			epochs: 200,
		},
		hover: {
			batchSizes: [1, 4, 16, 64],
			rates: [0.1, 0.025],
			sameShare: [
				{ examples: 40, batchSize: 1 },
				{ examples: 160, batchSize: 4 },
				{ examples: 640, batchSize: 16 },
			],
			sameSize: 4,
			looks: 100,
		},
		seeds: seeds[size],
		seed,
	}),
	tasks: (settings) => {
		const { seeds, seed, leastSquares, logistic, hover: hovering } = settings;
		const places = Array.from({ length: seeds }, (_, place) => seedAt(seed, place));
		const hovers = (source: Omit<LinearSource, "seed">, batchSize: number, learningRate: number) =>
			samplers.flatMap((sampler) =>
				places.map(
					(seed): Task => ({
						kind: "hover",
						source: { ...source, seed },
						sampler,
						batchSize,
						learningRate,
						looks: hovering.looks,
						seed,
					}),
				),
			);
		const [rate] = hovering.rates;
		const sized = [...hovering.sameShare, ...hovering.sameShare.map(({ examples }) => ({ examples, batchSize: hovering.sameSize }))].filter(
			({ examples }) => examples !== (leastSquares.examples * 4) / 5,
		);
		return [
			...sized.flatMap(({ examples, batchSize }) => hovers(withExamples(leastSquares, examples), batchSize, rate)),
			...hovering.batchSizes.flatMap((batchSize) => hovering.rates.flatMap((one) => hovers(leastSquares, batchSize, one))),
			...hovering.batchSizes.flatMap((batchSize) => hovers(logistic, batchSize, rate)),
			...[leastSquares, logistic].flatMap((source) =>
				settings.converge.shares.flatMap((share) =>
					places.map((seed): Task => ({ kind: "converge", source: { ...source, seed }, share, steps: settings.converge.steps, seed })),
				),
			),
			...settings.race.batchSizes.flatMap((batchSize) =>
				settings.race.rates.flatMap((learningRate) =>
					places.map((seed): Task => {
						const { targets, epochs } = settings.race;
						return { kind: "race", source: { ...leastSquares, seed }, batchSize, learningRate, targets, epochs, seed };
					}),
				),
			),
		];
	},
	run: async (task) => {
		if (task.kind === "converge") return { kind: task.kind, converged: converge(task) };
		return task.kind === "race" ? { kind: task.kind, race: race(task) } : { kind: task.kind, hovered: hover(task) };
	},
	conclude,
});
