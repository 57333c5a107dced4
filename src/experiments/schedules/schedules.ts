import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { subjectNames } from "../lab/subjects.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { family, figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { tasksOf, trainScheduled } from "./tasks.js";
import { words } from "./words.js";

export const schedules = defineExperiment({
	id: "schedules",
	question: "Does growing the batch do what decaying the learning rate does, and can a large-batch run be saved by a change midway?",
	method:
		"Two questions, both by plain SGD. First, after Smith et al. (2018), on data whose classes overlap (unless other data were asked for): from the same small batch and a rate so high that noise matters, the rate is divided by four after one and after two thirds of the epochs; or the batch is multiplied by four at the same places; or half of each, on a logarithmic scale; or nothing is changed. Second: a large batch is trained at the rate of a small one, and halfway its batch becomes the small one, or its rate is raised, or it goes on; it is compared with the small batch from the start, after the same number of epochs. By how much the rate is raised is chosen on some seeds by the held-out loss and reported from others; every other rate is the same for all. Changes happen within a run, as in a trial under the same schedule: nothing begins anew.",
	data: subjectNames,
	rows: ["R25"],
	claims: ["C42", "C43"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	run: trainScheduled,
	figures: figuresOf,
	results: ({ runs: _, ...found }) => asJson(found),
	words,
	tables,
	charts,
	findings,
	family: ({ seeds }) => ({ comparisons: family, runs: seeds.reporting }),
});
