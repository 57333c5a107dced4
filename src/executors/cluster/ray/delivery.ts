import type { JobState } from "../job-system.js";

/** How jobs of Ray get what they need, and how this process gets what they say. */
export interface Delivery {
	readonly sharesFolder: boolean;
	/** Checks that jobs can get what they need. Sends nothing. Throws errors that a user can fix. */
	check(): Promise<void>;
	/** What is worth saying before the first job; null: nothing. */
	readonly notice: string | null;
	/** What the request for a job has, besides its resources. `job`: its id. Makes sure that the job finds what it needs. */
	request(
		job: string,
		file: string,
	): Promise<{
		readonly entrypoint: string;
		readonly runtime_env: {
			readonly env_vars: Readonly<Record<string, string>>;
			readonly working_dir?: string;
			readonly py_modules?: readonly string[];
		};
		readonly metadata: Readonly<Record<string, string>>;
	}>;
	/** Fetches what jobs have said to the files that this process reads. `states`: of those that Ray lists. */
	fetch(states: ReadonlyMap<string, JobState>): Promise<void>;
	/** Makes a job end that Ray runs all the same. `job`: its id. `metadata`: the job's. */
	giveUp(job: string, metadata: Readonly<Record<string, unknown>>): Promise<void>;
}
