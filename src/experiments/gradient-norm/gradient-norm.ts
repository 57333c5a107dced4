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

export const gradientNorm = defineExperiment({
	id: "gradient-norm",
	question: "Does the gradient norm grow or shrink with the batch size?",
	method:
		"A network is trained by plain SGD, batches of 32. After 2 epochs (early) and after 30 (late) it stands still while 1,000 batches of each size are drawn, without replacement within a batch, and the Euclidean norm of each one's gradient is taken: averaged over the batch, and summed, which is B times as long. The norms are compared with what they should be, computed from the gradients of all training examples at the same weights, with nothing fitted. Apart from that, runs whose gradients are summed are compared, weight for weight, with runs whose gradients are averaged, through the same batches.",
	data: subjectNames,
	rows: ["R4", "R8", "R9", "R22"],
	claims: ["C5", "C31", "C32a", "C32b", "C33", "C34", "C35"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	work: workOf,
	run,
	figures: figuresOf,
	results: (figures) => asJson(figures),
	words,
	tables,
	charts,
	findings,
	family: (settings) => ({ comparisons: familyOf(settings), runs: settings.seeds }),
});
