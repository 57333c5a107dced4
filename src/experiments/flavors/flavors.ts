import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { run, tasksOf } from "./tasks.js";
import { words } from "./words.js";

export const flavors = defineExperiment({
	id: "flavors",
	question: "What sets batch, mini-batch and stochastic gradient descent apart on the same problem?",
	method:
		"The four runs of the tutorial on batch size and stability (Brownlee 2019), each from many seeds: a 2-50-3 network on its own 1,000 points in three classes, half to train and half held out, 200 epochs. Seeds are shared by the runs, so that differences are paired. In addition, the definitions (flavors, epochs, updates, the last partial batch, the metrics of a step) are checked batch for batch.",
	data: ["tutorial-blobs"],
	rows: ["R1", "R2", "R3", "R5", "R7"],
	claims: ["C1", "C2", "C3", "C4", "C6", "C7", "C13", "C14", "C16"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	run,
	figures: figuresOf,
	results: ({ examples, arms, pairs, arithmetic }) =>
		asJson({
			examples,
			arms: arms.map(({ run: about, train, test, publishedWithinRange }) => ({ ...about, train, test, publishedWithinRange })),
			pairs: pairs.map(({ first, second, difference }) => ({ first: first.run, second: second.run, difference })),
			arithmetic,
		}),
	words,
	tables,
	charts,
	findings,
	family: ({ seeds }) => ({ comparisons: 2, runs: seeds }),
});
