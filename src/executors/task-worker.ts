import type { Json } from "../core/canonical.js";
import type { Tools } from "../experiments/experiment.js";
import type { NamedTask } from "../experiments/run-task.js";
import { runTask } from "../experiments/run-task.js";
import { vectorsOrNull } from "../trainers/node.js";
import { readBytes } from "../trainers/read-bytes.js";

/** One for all tasks of this thread, which share what they open. Wider vectors change no bit of a result. */
let opened: Promise<Tools> | undefined;
const timing: Tools = { read: readBytes };

/** Not at the top level of this module: see worker.ts. */
const open = async (): Promise<Tools> => ({ read: readBytes, native: await vectorsOrNull() });

/** What each thread of the pool runs. */
export default async (task: NamedTask): Promise<Json> => {
	opened ??= open();
	return await runTask(task, await opened, timing);
};
