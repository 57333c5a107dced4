import type { NamedTask } from "../experiments/run-task.js";
import { runTask } from "../experiments/run-task.js";
import { vectorsOrNull } from "../trainers/node.js";
import { readBytes } from "../trainers/read-bytes.js";

/** One for all tasks of this thread, which share what they open. Wider vectors change no bit of a result. */
const tools = { read: readBytes, native: await vectorsOrNull() };
const timing = { read: readBytes };

/** What each thread of the pool runs. */
export default (task: NamedTask) => runTask(task, tools, timing);
