import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { runCell } from "../lab/overfit/cell.js";
import { subjectNames } from "../lab/subjects.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { familyOf, figuresOf } from "./figures.js";
import { settingsOf, tasksOf } from "./settings.js";
import { tables } from "./tables.js";
import { words } from "./words.js";

export const regularization = defineExperiment({
	id: "regularization",
	question: "What keeps a network that is trained too long from over-fitting, and how does that depend on the batch size?",
	method:
		"A network with 128 hidden units is trained on 20 examples of each class, a fifth of them with a wrong label, for long after its held-out loss is least. Against over-fitting it gets, one at a time: dropout (rate 0.5), batch normalization (statistics over the mini-batch), the same over ghost batches of 32 (where the batch is larger), weight decay (0.01), and Gaussian noise on the gradient (variance 0.01/(1 + t)^0.55 at step t). With each, and at each batch size, the learning rate is the one that brings the training loss lowest after all epochs, chosen on seeds of its own, two octaves apart, to an optimum that is not at the edge. The rise is what the held-out loss (running median of five looks) ends above its least, in parts of the untrained network's; above 0.05 a run is over-fitted, as in the rule that reads learning curves. A regularizer's effect is the rise without it less the rise with it, seed by seed.",
	data: subjectNames,
	rows: ["R18", "R19"],
	claims: ["C38", "C39a", "C39b"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	run: runCell,
	figures: figuresOf,
	results: ({ cells: _, ...found }) => asJson(found),
	words,
	tables,
	charts,
	findings,
	family: (settings) => ({ comparisons: familyOf(settings), runs: settings.seeds.reporting }),
});
