import { asJson } from "../../core/canonical.js";
import { defineExperiment } from "../experiment.js";
import { subjectNames } from "../lab/subjects.js";
import { charts } from "./charts.js";
import { findings } from "./claims.js";
import { figuresOf } from "./figures.js";
import { settingsOf } from "./settings.js";
import { tables } from "./tables.js";
import { run, tasksOf } from "./tasks.js";
import { words } from "./words.js";

export const learningCurves = defineExperiment({
	id: "learning-curves",
	question: "What do learning curves show of a batch size: how fast, how stable, when it could have stopped, and whether the fit is right?",
	method:
		"The tutorial's sweep (Brownlee 2019; its own data are blobs, its network 2-50-3): batch sizes 4 to 450, all at the same rate, 0.01 for the blobs, for as many epochs, from many seeds, looked at after every epoch. Fast is the epoch from which the held-out accuracy stays at 0.80 or more for three looks; stable is the standard deviation of the held-out accuracy over the last fifty epochs of a run; a run could have stopped where its held-out loss hadn't improved for twenty epochs. The rule that says under-, well- or over-fitted was fixed beforehand and is held against constructed curves whose fit is known.",
	data: ["tutorial-blobs", ...subjectNames.filter((name) => name !== "tutorial-blobs")],
	rows: ["R6", "R7", "R17", "R18"],
	claims: ["C11", "C15"],
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	run,
	figures: figuresOf,
	results: ({ rows, constructed }) => asJson({ rows: rows.map(({ curves: _, ...row }) => row), constructed }),
	words,
	tables,
	charts,
	findings,
	family: ({ batchSizes, seeds }) => ({ comparisons: batchSizes.length, runs: seeds }),
});
