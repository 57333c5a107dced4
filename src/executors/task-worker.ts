import type { NamedTask } from "../experiments/run-task.js";
import { runTask } from "../experiments/run-task.js";
import { readBytes } from "../trainers/read-bytes.js";

/** One for all tasks of this thread, which share what they open. */
const tools = { read: readBytes };

/** What each thread of the pool runs. */
export default (task: NamedTask) => runTask(task, tools);
