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
		"A network with 128 hidden units is trained for 100 epochs on 20 examples of each class, a fifth of them with a wrong label. It is trained without a regularizer and with dropout (rate 0.5), and evaluated after every epoch. At each batch size, with and without dropout, the learning rate is the one with the lowest training loss after all epochs. It is chosen on separate seeds, among rates two octaves apart, and never lies at the edge of those tried. Each rule then determines where the run would have ended and whose weights it would have kept. Patience ends a run when the validation loss has not reached a new minimum for so many epochs, and keeps the weights of the minimum. A target ends it when the validation accuracy first reaches a value. A budget ends it after so many epochs, or after so many steps: as many as the full batch makes in all. What a rule gains is the accuracy on the test set, which no rule sees, minus the accuracy after all epochs. To measure what choosing on the test set does, the epoch of the highest accuracy, or the batch size, is chosen on one held-out set and scored both on that set and on the other. Each of the two sets takes either role, so it does not matter which of them is harder. The rules themselves are checked on constructed curves with a known stopping point.",
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
