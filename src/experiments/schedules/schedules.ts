import { defineExperiment } from "../experiment.js";
import { subjectNames, subjectOf } from "../lab/subjects.js";
import { seedAt } from "../lab/workloads.js";
import { armsOf } from "./arms.js";
import { conclude } from "./conclude.js";
import { type Result, type Task, trainScheduled } from "./runs.js";
import type { Settings } from "./settings.js";

const seeds = { quick: { tuning: 4, reporting: 32 }, full: { tuning: 10, reporting: 40 } } as const;
const seedsOfLarge = { quick: { tuning: 1, reporting: 3 }, full: { tuning: 3, reporting: 10 } } as const;

export const schedules = defineExperiment<Settings, Task, Result>({
	id: "schedules",
	question: "Does growing the batch do what decaying the learning rate does, and can a large-batch run be saved by a change midway?",
	method:
		"Two questions, both by plain SGD. First, after Smith et al. (2018), on data whose classes overlap (unless other data were asked for): from the same small batch and a rate so high that noise matters, the rate is divided by four after one and after two thirds of the epochs; or the batch is multiplied by four at the same places; or half of each, on a logarithmic scale; or nothing is changed. Second: a large batch is trained at the rate of a small one, and halfway its batch becomes the small one, or its rate is raised, or it goes on; the small batch from the start is what it is held against, after the same number of epochs. By how much the rate is raised is chosen on some seeds by the held-out loss and told from others; every other rate is the same for all. Changes happen within a run, as in a trial under the same schedule: nothing begins anew.",
	data: subjectNames,
	rows: ["R25"],
	claims: ["C42", "C43"],
	timed: false,
	settings: ({ size, seed, data }) => {
		// Where classes overlap, as the blobs' do, a constant rate hovers and a decay shows; what a network can learn to the last example hides both.
		const [noisy, { plain, rate, examples, large }] = [subjectOf(data, "tutorial-blobs"), subjectOf(data, "digits")];
		const epochs = large ? 3 : 30;
		return {
			calming: {
				workload: noisy.plain,
				examples: noisy.examples,
				batchSize: large ? 16 : 4,
				// The largest power of two at which batches of so few still train.
				learningRate: noisy.rate * (data === null || data === "tutorial-blobs" ? 4 : 2),
				factor: 4,
				marks: [epochs / 3, (2 * epochs) / 3],
				epochs,
			},
			switching: {
				workload: plain,
				small: 16,
				// The largest power of two that is no more than a quarter of the examples.
				large: 2 ** Math.floor(Math.log2(examples / 4)),
				learningRate: rate / 8,
				at: epochs / 2,
				epochs,
				raises: [4, 8, 16, 32, 64],
			},
			seeds: (large ? seedsOfLarge : seeds)[size],
			seed,
		};
	},
	tasks: (settings) => {
		const { seeds, seed } = settings;
		return armsOf(settings).flatMap(({ name, ...arm }) =>
			Array.from({ length: seeds.tuning + seeds.reporting }, (_, place): Task => {
				return { arm: name, ...arm, seed: seedAt(seed, place) };
			}),
		);
	},
	run: trainScheduled,
	conclude,
});
