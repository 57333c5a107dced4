import type { Json } from "../../../src/core/canonical.js";
import type { Conclusion, Experiment } from "../../../src/experiments/experiment.js";

/** An experiment at its quick size, with its own types known again: tests make its results by hand. */
export interface Quick<Settings, Task, Result> {
	readonly experiment: Experiment;
	readonly settings: Settings;
	readonly tasks: readonly Task[];
	readonly isTimed: (task: Task) => boolean;
	/** `results`: in the order of the tasks. */
	readonly conclude: (results: readonly Result[]) => Conclusion;
}

/** `change`: what the test has otherwise. The casts undo what `defineExperiment` hides; settings, tasks and results are plain JSON. */
export function quick<Settings, Task, Result>(
	experiment: Experiment,
	change: (settings: Settings) => Settings = (settings) => settings,
): Quick<Settings, Task, Result> {
	const settings = change(experiment.settings({ size: "quick", seed: 0, data: null }) as Settings);
	const json = settings as Json;
	return {
		experiment,
		settings,
		tasks: experiment.tasks(json) as readonly Task[],
		isTimed: (task) => experiment.isTimed(task as Json),
		conclude: (results) => experiment.conclude(json, results as readonly Json[]),
	};
}
