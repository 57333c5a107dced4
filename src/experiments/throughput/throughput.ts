import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { subjectNames } from "../lab/subjects.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { tasksOf, timeOneSize } from "./tasks.js";
import { words } from "./words.js";

export const throughput = defineExperiment({
	id: "throughput",
	question: "How many examples a second does this machine train on at each batch size, and where does doubling stop paying?",
	method:
		"Whole training steps of a network are timed at every batch size, on one thread, with nothing else of the experiment running. Every pass takes all sizes in turn, so that the machine's drift affects them all alike; the first pass warms up and is discarded. Figures are medians over passes with 95 % bootstrap intervals. Seconds are this machine's: the digest leaves them out.",
	data: subjectNames,
	rows: ["R16"],
	claims: ["C10"],
	timed: true,
	settings: settingsOf,
	tasks: tasksOf,
	run: timeOneSize,
	figures: figuresOf,
	results: ({ sizes, stop }) => asJson({ sizes, doublingStopsPayingAt: stop?.batchSize ?? null }),
	words,
	tables,
	charts,
	findings,
	family: ({ passes }) => ({ comparisons: 1, runs: passes }),
});
