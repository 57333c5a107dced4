import { defineExperiment } from "../experiment.js";
import { type SubjectName, subjectNames, subjectOf } from "../lab/subjects.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { run } from "./runs.js";
import type { Result, Settings, Task } from "./settings.js";

const seeds = { quick: { tuning: 3, reporting: 8 }, full: { tuning: 10, reporting: 20 } } as const;
const seedsOfLarge = { quick: { tuning: 1, reporting: 3 }, full: { tuning: 3, reporting: 10 } } as const;

/** Training losses that every size comes to at some rate. The blobs overlap: little less than this can be had of them. */
const trainLosses: Readonly<Record<SubjectName, number>> = { digits: 0.05, "tutorial-blobs": 0.45, "fashion-mnist": 0.4, mnist: 0.1 };

/** `octaves` from a rate that suits plain SGD on batches of 32. */
const around = (rate: number, octaves: readonly number[]): readonly number[] => octaves.map((k) => rate * 2 ** k);

export const sharpness = defineExperiment<Settings, Task, Result>({
	id: "sharpness",
	question: "Do large batches end in sharper minima than small ones?",
	method:
		"A network is trained by SGD with momentum, with a small batch, with a tenth of the training set as Keskar et al. (2017) have it, and, where that is affordable, with all of it. Three comparisons: after the same number of epochs at the same rate; at the same training loss and the same rate; and at the same training loss with the rate tuned at each size to get there in the fewest examples, chosen on some seeds and told from others. The last is the fair one: curvature changes with the training loss and with the rate, so that at equal epochs a run that is merely trained less, or at a smaller rate, passes for a sharper one. Sharpness is Keskar's, the rise of the training loss within |Δw| ≤ ε(|w| + 1) in all directions, ε = 0.001, climbed to by conditional gradients from the weights and from random corners of that box; beside it what the gradient alone would give, and the largest eigenvalue of the Hessian by the Lanczos method on exact Hessian-vector products. The loss along the line from the small batch's solution to the others' is taken from runs at the same rate that began with the same weights.",
	data: subjectNames,
	rows: ["R24"],
	claims: ["C26"],
	timed: false,
	settings: ({ size, seed, data }) => {
		const own = data ?? "digits";
		const { workload, rate, examples, large } = subjectOf(own, "digits");
		const tenth = Math.round(examples / 10);
		return {
			workload,
			examples,
			// Runs that aren't there after so many epochs hover or have diverged: those that come so far need a third of them.
			sizes: large
				? [
						{ batchSize: 256, rates: around(rate, [-2, -1, 0]), mostEpochs: 20 },
						{ batchSize: tenth, rates: around(rate, [-1, 0, 1]), mostEpochs: 30 },
					]
				: [
						{ batchSize: 8, rates: around(rate, [-5, -4, -3, -2, -1]), mostEpochs: 40 },
						{ batchSize: tenth, rates: around(rate, [-2, -1, 0, 1, 2]), mostEpochs: 100 },
						{ batchSize: examples, rates: around(rate, [-1, 0, 1, 2, 3]), mostEpochs: 400 },
					],
			sameRate: rate / 4,
			epochs: large ? 5 : 30,
			trainLoss: trainLosses[own],
			looksPerEpoch: large ? 2 : 16,
			curvatureExamples: Math.min(examples, 4096),
			alphas: large ? Array.from({ length: 13 }, (_, i) => (i - 4) / 4) : Array.from({ length: 31 }, (_, i) => (i - 10) / 10),
			seeds: (large ? seedsOfLarge : seeds)[size],
			seed,
		};
	},
	tasks: ({ workload, sizes, sameRate, epochs, trainLoss, looksPerEpoch, curvatureExamples, alphas, seeds, seed }) => {
		const places = Array.from({ length: seeds.tuning + seeds.reporting }, (_, place) => place);
		const base = (place: number) => ({ workload, curvatureExamples, seed: seedAt(seed, place) });
		const toLoss = (mostEpochs: number) => ({ trainLoss, mostEpochs, looksPerEpoch });
		const solutions = sizes.toReversed().flatMap(({ batchSize, rates, mostEpochs }) =>
			rates.flatMap((learningRate) =>
				places.map((place): Task => {
					return { kind: "solution", ...base(place), batchSize, learningRate, until: toLoss(mostEpochs), tuning: place < seeds.tuning };
				}),
			),
		);
		const lines = places.slice(seeds.tuning).flatMap((place) =>
			[toLoss(Math.max(...sizes.map(({ mostEpochs }) => mostEpochs))), { epochs }].map((until): Task => {
				return {
					kind: "lines",
					...base(place),
					batchSizes: sizes.map(({ batchSize }) => batchSize),
					learningRate: sameRate,
					until,
					alphas,
				};
			}),
		);
		return [...lines, ...solutions];
	},
	run,
	conclude,
});
