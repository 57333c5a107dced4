import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { subjectNames } from "../lab/subjects.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { familyOf, figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { run, tasksOf } from "./tasks.js";
import { words } from "./words.js";

export const sharpness = defineExperiment({
	id: "sharpness",
	question: "Do large batches end in sharper minima than small ones?",
	method:
		"A network is trained by SGD with momentum, with a small batch, with a tenth of the training set as Keskar et al. (2017) have it, and, where that is affordable, with all of it. Three comparisons: after the same number of epochs at the same rate; at the same training loss and the same rate; and at the same training loss with the rate tuned at each size to get there in the fewest examples, chosen on some seeds and reported from others. The last is the fair one: curvature changes with the training loss and with the rate, so that at equal epochs a run that is merely trained less, or at a smaller rate, passes for a sharper one. Sharpness is Keskar's, the rise of the training loss within |Δw| ≤ ε(|w| + 1) in all directions, ε = 0.001, climbed to by conditional gradients from the weights and from random corners of that box; it is compared with what the gradient alone would give, and with the largest eigenvalue of the Hessian by the Lanczos method on exact Hessian-vector products. The loss along the line from the small batch's solution to the others' is taken from runs at the same rate that began with the same weights.",
	data: subjectNames,
	rows: ["R24"],
	claims: ["C26"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	run,
	figures: figuresOf,
	results: ({ lines, ...found }) => asJson({ ...found, lines: lines.map(({ lines: own, ...line }) => ({ ...line, seeds: own.length })) }),
	words,
	tables,
	charts,
	findings,
	family: (settings) => ({ comparisons: familyOf(settings), runs: settings.seeds.reporting }),
});
