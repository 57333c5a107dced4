import type { TrialSpec } from "../../core/trial.js";
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
	/**
	 * Whether trials are scripts. A script may resume from its own checkpoint when it is restarted, and running out of memory is its own
	 * outcome.
	 */
	readonly areScripts: boolean;
	/** Keeps the end of what a trial's script printed, where a job sends it. */
	readonly keepLog: (trial: TrialSpec, text: string) => void;
	/** Why jobs can't write to their folder, as an error that is thrown instead of a loss; null if they can. */
	readonly shortage: () => Error | null;
}
