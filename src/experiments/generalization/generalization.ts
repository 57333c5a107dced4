import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { family, figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { run, tasksOf, workOf } from "./tasks.js";
import { words } from "./words.js";

export const generalization = defineExperiment({
	id: "generalization",
	question: "Does a large batch generalize worse, and how much of it is left once every size is tuned and trained as long?",
	method:
		"Every batch size is trained by plain SGD within three budgets: equal epochs, equal steps, and equal seconds, which are turned into steps by a cost model in the settings (a step takes as long as a few examples and those of its batch), so that the runs are the same on every machine; what steps take on this one is timed apart, and left out of the digest. The budgets agree at the reference size. Each arm is run untuned, at one rate for all sizes, and tuned: the rate with the best held-out accuracy at the end of the budget, searched on half octaves, with seeds for that alone. Accuracy is reported on the test set, which took no part in tuning, over fresh seeds; a run that diverged counts as guessing. Differences are paired by seed. In addition, a crossed design trains every combination of learning rate, momentum, width and batch size at equal epochs. There the size of a factor's main effect is the standard deviation of the mean test accuracies at its levels. How it ranks depends on the levels: rates and batch sizes both span a factor of 64.",
	data: ["digits", "fashion-mnist", "mnist"],
	rows: ["R13", "R38"],
	claims: ["C9", "C23", "C24", "C25"],
	timed: ({ kind }) => kind === "time",
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
	family: ({ study }) => ({ comparisons: family, runs: study.seeds.reporting }),
});
