import { defineExperiment } from "../experiment.js";
import { subjectOf } from "../lab/subjects.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { type Result, type Settings, type Task, trainToEnd } from "./runs.js";

const seeds = { quick: { tuning: 4, reporting: 6 }, full: { tuning: 10, reporting: 20 } } as const;
const seedsOfLarge = { quick: { tuning: 2, reporting: 3 }, full: { tuning: 4, reporting: 10 } } as const;

export const learningRate = defineExperiment<Settings, Task, Result>({
	id: "learning-rate",
	question: "Does a larger learning rate make up for a larger batch, and by which rule does the best rate grow?",
	method:
		"A network is trained by plain SGD for the same number of epochs at every batch size with every learning rate, an octave apart. The best rate of a size is the one with the lowest held-out loss, chosen on some seeds and told from others. Where it lies between octaves is read off a parabola through the best and its neighbours, run by run; its growth with the batch size is the slope on logarithmic axes, 0 for no scaling, 1/2 for the square root, 1 for the linear rule. The examples that are left over in an epoch are dropped at every size: with the 1,087 of the digits, a batch of 1,024 is all but the full one.",
	data: ["digits", "fashion-mnist", "mnist"],
	rows: ["R11", "R21"],
	claims: ["C27"],
	timed: false,
	settings: ({ size, seed, data }) => {
		const { plain, examples, large } = subjectOf(data, "digits");
		return {
			workload: { ...plain, lastBatch: "drop" },
			examples,
			batchSizes: [4, 16, 64, 256, 1024],
			rates: Array.from({ length: 12 }, (_, k) => 2 ** (k - 8)),
			epochs: large ? 5 : 30,
			seeds: (large ? seedsOfLarge : seeds)[size],
			// 0.01 and its tenfold are Shen's (2018), who has 60,000 examples: 55 times the steps an epoch. So a rate that suits 1,087 stands beside it.
			restore: { batchSize: 1024, reference: 64, rates: [0.01, 0.1], factor: 10 },
			seed,
		};
	},
	tasks: ({ workload, batchSizes, rates, epochs, seeds, restore, seed }) => {
		const places = Array.from({ length: seeds.tuning + seeds.reporting }, (_, place) => seedAt(seed, place));
		const each = (batchSize: number, learningRate: number) =>
			places.map((seed): Task => ({ workload, batchSize, learningRate, epochs, seed }));
		return [
			...batchSizes.flatMap((batchSize) => rates.flatMap((rate) => each(batchSize, rate))),
			...[...new Set(restore.rates.flatMap((rate) => [rate, rate * restore.factor]))].flatMap((rate) =>
				[restore.reference, restore.batchSize].flatMap((batchSize) => each(batchSize, rate)),
			),
		];
	},
	run: trainToEnd,
	conclude,
});
