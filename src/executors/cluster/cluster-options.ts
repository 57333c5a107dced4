import type { JobSystem } from "./job-system.js";

/** What a session of a study on a cluster is made of. */
export interface ClusterOptions {
	readonly system: JobSystem;
	/** Jobs at once. */
	readonly slots: number;
	/** Absolute path of this session's folder, which holds its file. */
	readonly folder: string;
	/** Absolute path of the session's file. */
	readonly session: string;
	/** Whether trials are scripts: one may go on from its own checkpoint when it is started again, and memory that it lacks is its own outcome. */
	readonly areScripts: boolean;
	/** Why nothing can be written where jobs write, where that is so: thrown in place of a loss. */
	readonly shortage: () => Error | null;
}
