import type { Json } from "../core/canonical.js";
import { internal } from "../core/errors.js";
import { experiments } from "./catalogue.js";
import type { Tools } from "./experiment.js";

/** A task with the experiment it belongs to: what a worker thread is handed. */
export interface NamedTask {
	readonly experiment: string;
	readonly task: Json;
}

/**
 * The result of one task. `timing`: the tools of tasks that are timed, which show the engine as it is everywhere, not this machine's wider
 * vectors.
 */
export async function runTask({ experiment: id, task }: NamedTask, tools: Tools, timing: Tools): Promise<Json> {
	const experiment = experiments.find((one) => one.id === id);
	if (!experiment) throw internal(`no experiment is called ${id}`);
	return await experiment.run(task, experiment.isTimed(task) ? timing : tools);
}
