import { Tinypool } from "tinypool";
import type { Json } from "../core/canonical.js";
import type { NamedTask } from "../experiments/run-task.js";

/** Runs experiments' tasks in worker threads, so many at once. */
export interface TaskPool {
	/** How many run at once. */
	readonly slots: number;
	/** Rejected with an AbortError where the signal is aborted: a running task is ended with its thread. */
	run(task: NamedTask, signal: AbortSignal): Promise<Json>;
	close(): Promise<void>;
}

export function taskPool(slots: number): TaskPool {
	const pool = new Tinypool({
		filename: new URL("./task-worker.js", import.meta.url).href,
		minThreads: 0,
		maxThreads: slots,
		concurrentTasksPerWorker: 1,
		idleTimeout: 1000,
	});
	return {
		slots,
		run: async (task, signal) => (await pool.run(task, { signal })) as Json,
		close: () => pool.destroy(),
	};
}
