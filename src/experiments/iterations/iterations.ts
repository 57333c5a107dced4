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

export const iterations = defineExperiment({
	id: "iterations",
	question:
		"How many steps, examples and seconds does a goal take at each batch size, and does the gradient noise predict where the curve bends?",
	method:
		"At every batch size on its own the learning rate is searched for the fewest steps to a held-out accuracy, on half octaves, with seeds for that alone; the winner and its neighbours run on a second block of seeds, and the best of them on a third, which alone is reported. Runs are looked at after the same steps at every size, up to a limit that leaves every size enough steps; a run that ends without the goal counts as longer than that. S(B) = S_min (1 + B_crit/B) is fitted to the single runs by maximum likelihood. All reported runs are probed for the gradient noise scale tr(Σ)/|G|² at steps 0, 1, 2, 4, …: a run's figure is the mean of its probes. Seconds are steps times the time per step, which is measured with nothing else of the experiment running, all sizes in turn. They are this machine's, and the digest leaves them out. Ratios and slopes are of medians, with bootstrap intervals over seeds and timings.",
	data: subjectNames,
	rows: ["R15", "R23", "R37"],
	claims: ["C8", "C21", "C22", "C41", "C44"],
	timed: ({ kind }) => kind === "time",
	settings: settingsOf,
	tasks: tasksOf,
	run,
	figures: figuresOf,
	// Without the single trials and drawn curves.
	results: ({ findings: { tradeoff, fit, recommendation, cost }, trials: _, ...found }) => {
		const { curve: __, ...fitted } = fit;
		const rows = tradeoff.map(({ rates: ___, ...row }) => row);
		return asJson({ tradeoff: rows, fit: fitted, ...found, recommendation, cost });
	},
	words,
	tables,
	charts,
	findings,
	family: ({ study }) => ({ comparisons: family, runs: study.seeds.reporting }),
});
