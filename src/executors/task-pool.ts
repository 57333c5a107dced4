import type { Json } from "../core/canonical.js";
import type { NamedTask } from "../experiments/run-task.js";

/** Runs experiments' tasks, several at once. */
export interface TaskPool {
	/** How many run at once. */
	readonly slots: number;
	/** Rejected with an AbortError if the signal is aborted: a running task is ended with its thread. */
	run(task: NamedTask, signal: AbortSignal): Promise<Json>;
	close(): Promise<void>;
}
