import type { LinearSource } from "../../data/oracles/linear.js";
import { defineExperiment } from "../experiment.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { samplers } from "./problems.js";
import type { Result, Settings, Task } from "./settings.js";
import { converge, hover, race } from "./tasks.js";

const seeds = { quick: 8, full: 30 } as const;
const seedsOfReal = { quick: 4, full: 30 } as const;

/** A fifth of all examples is for validation. */
const withExamples = (source: Omit<LinearSource, "seed">, train: number): Omit<LinearSource, "seed"> => ({
	...source,
	examples: (train * 5) / 4,
});

export const convex = defineExperiment<Settings, Task, Result>({
	id: "convex",
	question: "Where does gradient descent end on a convex problem, and what does the batch size change about it?",
	method:
		"Regularized least squares and logistic regression on data made anew for each seed, and logistic regression on the handwritten digits (even or odd?), whose optimum an independent solver gives exactly. Plain SGD descends them: the full batch, at rates below and above the largest that settles; every batch size, each at the best of several rates, until its loss is near the least; and, from the optimum on, at a constant rate, to see how far it hovers, with batches drawn with replacement and in reshuffled epochs, at several batch sizes and numbers of examples. For least squares with replacement the distance has a closed form, which stands beside it.",
	data: [],
	rows: ["R14"],
	claims: ["C17", "C18", "C19", "C20"],
	timed: false,
	settings: ({ size, seed }) => ({
		leastSquares: { name: "least-squares", examples: 200, dimensions: 5, noise: 0.5, penalty: 0.1 },
		// More examples, and so more held out: errors are shares of them.
		logistic: { name: "logistic", examples: 1000, dimensions: 5, noise: 1, penalty: 0.05 },
		real: { name: "even-or-odd", penalty: 0.05 },
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
			looksOfReal: 25,
		},
		seeds: seeds[size],
		seedsOfReal: seedsOfReal[size],
		seed,
	}),
	tasks: (settings) => {
		const { seeds, seed, leastSquares, logistic, real, hover: hovering } = settings;
		const places = Array.from({ length: seeds }, (_, place) => seedAt(seed, place));
		/** A problem with the seed that its run draws from. */
		type Seeded = Pick<Task, "source" | "seed">;
		const made = (source: Omit<LinearSource, "seed">): readonly Seeded[] => places.map((seed) => ({ source: { ...source, seed }, seed }));
		const realOnes: readonly Seeded[] = places.slice(0, settings.seedsOfReal).map((seed) => ({ source: real, seed }));
		const hovers = (on: readonly Seeded[], batchSize: number, learningRate: number, looks = hovering.looks) =>
			samplers.flatMap((sampler) => on.map((one): Task => ({ kind: "hover", ...one, sampler, batchSize, learningRate, looks })));
		const [rate] = hovering.rates;
		const sized = [...hovering.sameShare, ...hovering.sameShare.map(({ examples }) => ({ examples, batchSize: hovering.sameSize }))].filter(
			({ examples }) => examples !== (leastSquares.examples * 4) / 5,
		);
		return [
			...sized.flatMap(({ examples, batchSize }) => hovers(made(withExamples(leastSquares, examples)), batchSize, rate)),
			...hovering.batchSizes.flatMap((batchSize) => hovering.rates.flatMap((one) => hovers(made(leastSquares), batchSize, one))),
			...hovering.batchSizes.flatMap((batchSize) => hovers(made(logistic), batchSize, rate)),
			...hovering.batchSizes.flatMap((batchSize) => hovers(realOnes, batchSize, rate, hovering.looksOfReal)),
			...[made(leastSquares), made(logistic), realOnes].flatMap((on) =>
				settings.converge.shares.flatMap((share) =>
					on.map((one): Task => ({ kind: "converge", ...one, share, steps: settings.converge.steps })),
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
	run: async (task, tools) => {
		if (task.kind === "converge") return { kind: task.kind, converged: await converge(task, tools) };
		return task.kind === "race"
			? { kind: task.kind, race: await race(task, tools) }
			: { kind: task.kind, hovered: await hover(task, tools) };
	},
	conclude,
});
