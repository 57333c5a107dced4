import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { family, figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { tasksOf, trainToEnd, workOf } from "./tasks.js";
import { words } from "./words.js";

export const learningRate = defineExperiment({
	id: "learning-rate",
	question: "Does a larger learning rate make up for a larger batch, and by which rule does the best rate grow?",
	method:
		"A network is trained by plain SGD for the same number of epochs at every batch size with every learning rate, an octave apart. The best rate of a size is the one with the lowest held-out loss, chosen on some seeds and reported from others. Where it lies between octaves is read off a parabola through the best and its neighbours, run by run; its growth with the batch size is the slope on logarithmic axes, 0 for no scaling, 1/2 for the square root, 1 for the linear rule. The examples that are left over in an epoch are dropped at every size: with the 1,087 of the digits, a batch of 1,024 is all but the full one.",
	data: ["digits", "fashion-mnist", "mnist"],
	rows: ["R11", "R21"],
	claims: ["C27"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	work: workOf,
	run: trainToEnd,
	figures: figuresOf,
	results: (figures) => asJson(figures),
	words,
	tables,
	charts,
	findings,
	family: ({ seeds }) => ({ comparisons: family, runs: seeds.reporting }),
});
