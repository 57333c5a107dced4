import type { Tools } from "../../src/experiments/experiment.js";
import { figuresOf } from "../../src/experiments/flavors/figures.js";
import { run, tasksOf } from "../../src/experiments/flavors/tasks.js";
import { formatNumber } from "../../src/words/numbers.js";
import type { Exhibit } from "./exhibit.js";
import type { Line } from "./line.js";
import type { Plan } from "./plan.js";

/**
 * The tutorial's four runs, by the experiment `flavors`. A published run agrees where it lies within the range of ours: it could be one of
 * them.
 */
export async function brownlee({ flavors: settings }: Plan, tools: Tools): Promise<Exhibit> {
	const results = [];
	for (const task of tasksOf(settings)) results.push(await run(task, tools));
	const lines = figuresOf(settings, results).arms.flatMap(({ name, run: { published }, train, test }) =>
		(["train", "test"] as const).map((set): Line => {
			const { estimate, range } = set === "train" ? train : test;
			const within = range !== null && published[set] >= range[0] && published[set] <= range[1];
			return {
				what: `${name}, ${set === "train" ? "training" : "held-out"} accuracy`,
				published: published[set].toFixed(3),
				ours: range === null ? "diverged" : `${formatNumber(estimate)} (${range.map((end) => end.toFixed(3)).join("–")})`,
				agreement: "within our range",
				standing: within ? "agrees" : "differs",
			};
		}),
	);
	return { name: "brownlee", setting: `${settings.seeds} runs of each, ${settings.epochs} epochs; mean (range)`, lines };
}
