import type { NamedTask } from "../experiments/run-task.js";
import { runTask } from "../experiments/run-task.js";
import { readBytes } from "../trainers/read-bytes.js";

/** What each thread of the pool runs. */
export default (task: NamedTask) => runTask(task, { read: readBytes });
