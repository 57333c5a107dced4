import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { subjectNames } from "../lab/subjects.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { familyOf, figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { run, tasksOf, workOf } from "./tasks.js";
import { words } from "./words.js";

export const distance = defineExperiment({
	id: "distance",
	question: "How far do small and large batches travel from the initial weights?",
	method:
		"A network is trained by plain SGD, at every batch size with the same learning rate, from the same initial weights and for the same number of epochs (or 100 steps, if those are more). The Euclidean distance from the initial weights is followed epoch by epoch, step by step and example by example, with gradients averaged over the batch and with gradients summed, at three rates each. Rates are not tuned per size: that is the comparison the claims are about.",
	data: subjectNames,
	rows: ["R10", "R12"],
	claims: ["C28", "C29", "C30", "C36"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	work: workOf,
	run,
	figures: figuresOf,
	results: ({ arms, ...found }) =>
		asJson({
			...found,
			arms: arms.map(({ travels, ...arm }) => ({ ...arm, diverged: travels.filter(({ diverged }) => diverged).length })),
		}),
	words,
	tables,
	charts,
	findings,
	family: (settings) => ({ comparisons: familyOf(settings), runs: settings.seeds }),
});
