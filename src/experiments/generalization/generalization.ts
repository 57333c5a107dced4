import { comparisonNames } from "../../core/comparisons.js";
import { defineExperiment } from "../experiment.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { ofWidth } from "./crossed.js";
import { type Settings, settingsOf } from "./settings.js";
import { type Result, run, type Task } from "./tasks.js";

export const generalization = defineExperiment<Settings, Task, Result>({
	id: "generalization",
	question: "Does a large batch generalize worse, and how much of it is left once every size is tuned and trained as long?",
	method:
		"Every batch size is trained by plain SGD within three budgets: equal epochs, equal steps, and equal seconds, which are turned into steps by a cost model in the settings (a step takes as long as a few examples and those of its batch), so that the runs are the same on every machine; what steps take on this one is timed apart, and left out of the digest. The budgets agree at the reference size. Each arm is run untuned, at one rate for all sizes, and tuned: the rate with the best held-out accuracy at the end of the budget, searched on half octaves, with seeds for that alone. Accuracy is told on the test set, which took no part in tuning, over fresh seeds; a run that diverged counts as guessing. Differences are paired by seed. Beside it a crossed design, every combination of learning rate, momentum, width and batch size at equal epochs: the size of a factor's main effect is the standard deviation of the mean test accuracies at its levels. How it ranks depends on the levels: rates and batch sizes both span a factor of 64.",
	data: ["digits", "fashion-mnist", "mnist"],
	rows: ["R13", "R38"],
	claims: ["C9", "C23", "C24", "C25"],
	timed: ({ kind }) => kind === "time",
	settings: settingsOf,
	tasks: ({ study, reference, untunedRate, steps, overhead, crossed }) => {
		const { workload, batchSizes, seed } = study;
		const seeds = Array.from({ length: crossed.seeds.tuning + crossed.seeds.reporting }, (_, place) => seedAt(seed, place));
		const arms = comparisonNames.flatMap((budget) =>
			batchSizes.map((batchSize, i) => ({
				kind: "arm" as const,
				study,
				budget,
				batchSize,
				steps: steps[budget][i],
				reference,
				untunedRate,
			})),
		);
		return [
			{ kind: "time", study },
			...arms.sort((a, b) => b.steps * (b.batchSize + overhead) - a.steps * (a.batchSize + overhead)),
			...crossed.batchSize.flatMap((batchSize) =>
				crossed.width.flatMap((width) =>
					crossed.momentum.map((momentum) => ({
						kind: "crossed" as const,
						workload: ofWidth(workload, width),
						width,
						batchSize,
						momentum,
						rates: crossed.learningRate,
						epochs: crossed.epochs,
						seeds,
					})),
				),
			),
		];
	},
	run,
	conclude,
});
