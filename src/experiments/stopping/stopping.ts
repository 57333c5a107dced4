import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { subjectNames } from "../lab/subjects.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { family, figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { run, tasksOf } from "./tasks.js";
import { words } from "./words.js";

export const stopping = defineExperiment({
	id: "stopping",
	question: "When should training stop at each batch size, and what does it save and lose?",
	method:
		"A network with 128 hidden units is trained for 100 epochs on 20 examples of each class, a fifth of them with a wrong label, without a regularizer and with dropout (rate 0.5), and looked at after every epoch. At each batch size, and with dropout or without, the learning rate is the one that brings the training loss lowest after all epochs, chosen on seeds of its own, two octaves apart, to an optimum that is not at the edge. Each rule then says where the run would have ended and whose weights it would have kept: patience when the validation loss hasn't gone below its least for so many epochs (the least is kept); a target, when the validation accuracy first reaches it; budgets of epochs and of steps, the latter as many as the full batch makes in all. What a rule gains or loses is the accuracy on the test set, which no rule sees, less that after all epochs. What choosing on the test set does: the epoch of the highest accuracy, or the batch size, is chosen on one held-out set and scored on that very set and on the other; both sets take both parts, so that which of them is harder cancels. The rules themselves are checked on constructed curves whose stop is known.",
	data: subjectNames,
	rows: ["R17"],
	claims: ["C12", "C37", "C40"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	run,
	figures: figuresOf,
	results: ({ cells: _, ...found }) => asJson(found),
	words,
	tables,
	charts,
	findings,
	family: ({ seeds }) => ({ comparisons: family, runs: seeds.reporting }),
});
