import { Tinypool } from "tinypool";
import type { Json } from "../core/canonical.js";
import type { TaskPool } from "./task-pool.js";

/** Worker threads of this process. */
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
