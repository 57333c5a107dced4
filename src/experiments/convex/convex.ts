import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { familyOf, figuresOf } from "./figures.js";
import { settingsOf, tasksOf } from "./settings.js";
import { tables } from "./tables.js";
import { run } from "./tasks.js";
import { words } from "./words.js";

export const convex = defineExperiment({
	id: "convex",
	question: "Where does gradient descent end on a convex problem, and what does the batch size change about it?",
	method:
		"Regularized least squares and logistic regression on data made anew for each seed, and logistic regression on the handwritten digits (even or odd?), whose optimum an independent solver gives exactly. Plain SGD is run on them: with the full batch, at rates below and above the largest at which it converges; with every batch size, each at the best of several rates, until its loss is near the least; and from the optimum on, at a constant rate, to see how far it hovers, with batches drawn with replacement and in reshuffled epochs, at several batch sizes and numbers of examples. For least squares with replacement the distance has a closed form, which is shown next to the measured one.",
	data: [],
	rows: ["R14"],
	claims: ["C17", "C18", "C19", "C20"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	run,
	figures: figuresOf,
	results: (figures) => asJson(figures),
	words,
	tables,
	charts,
	findings,
	family: (settings) => ({ comparisons: familyOf(settings), runs: settings.seeds }),
});
