/**
 * What runs jobs somewhere else: a pool of processes here, Slurm, later Ray or a site's own commands. It starts a program on a file and knows what became of it; what trials are,
 * and what a lost job means, the executor above it knows. `test/contract/job-system.test.ts` is what every job system promises.
 */
export interface JobSystem {
	/** What texts call it. */
	readonly name: string;
	readonly can: JobCapabilities;
	/**
	 * Milliseconds between two requests of the same kind: at first, and at most; the longer nothing happens, the longer it is. `arrival`: how late what a job wrote may be seen after the job
	 * has ended, or is not known (yet, or any more).
	 */
	readonly pace: { readonly least: number; readonly most: number; readonly arrival: number };
	/** Whether it can be used, and takes jobs of this study. Queues nothing. Throws `cluster/…` errors that say what to change. */
	check(): Promise<void>;
	/**
	 * Hands over jobs, at most `limit` of which shall run at once. Each runs the program on its file, as `node PROGRAM FILE` in the folder of its file, and what it prints is appended to
	 * `FILE` with `.out` in place of `.json`. Throws `cluster/refused` where it takes none of them.
	 */
	submit(jobs: readonly JobToRun[], limit: number): Promise<Submitted>;
	/** Lets more, or fewer, of the jobs that were handed over together run at once. */
	setLimit(submission: string, limit: number): Promise<void>;
	/** Every job of this session that it knows of, in one request; one that is missing has vanished. Rejected where there was no answer, from which nothing follows. */
	poll(): Promise<ReadonlyMap<string, JobState>>;
	/** Asks jobs to end: SIGTERM, and soon SIGKILL; those that wait never run. Resolves when that is on its way. */
	cancel(jobs: readonly string[]): Promise<void>;
	/** Ends what an earlier session of this study has left running or waiting. Resolves when nothing of it is left. */
	endEarlier(): Promise<void>;
	/** All its jobs have ended. */
	close(): void;
}

/** What differs between job systems. */
export interface JobCapabilities {
	/** Whether it starts a job again by itself where its machine fails. The job sees how often from `restarts` in its environment. */
	readonly restarts: boolean;
	/** Whether jobs and this process see the same folder, in which they write what they have to say. */
	readonly sharesFolder: boolean;
	/** Whether it warns a job before its time is up. */
	readonly warns: boolean;
}

export interface JobToRun {
	/** Absolute path of its file, which ends in `.json`. */
	readonly file: string;
}

export interface Submitted {
	readonly submission: string;
	/** Ids of the jobs, in the order in which they were given. */
	readonly jobs: readonly string[];
}

export type JobState =
	| { readonly kind: "queued"; readonly why: string | null }
	| { readonly kind: "running"; readonly machine: string | null }
	| { readonly kind: "ended"; readonly end: JobEnd; readonly words: string };

/** How a job ended, as its system sees it. "done": the program did, by itself and without complaint. */
export type JobEnd = "done" | "failed" | "out of memory" | "out of time" | "taken away" | "cancelled";
