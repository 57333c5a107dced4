/**
 * A system that runs jobs elsewhere: a pool of processes here, Slurm, Ray, or a site's own commands. It starts a program on a file and
 * knows the state of the job. The executor above it knows what trials are and what a lost job means. `test/contract/job-system.test.ts` is
 * the contract of every job system.
 */
export interface JobSystem {
	/** What texts call it. */
	readonly name: string;
	readonly can: JobCapabilities;
	/** Once it was checked: what is worth saying before the first job; null or absent: nothing. */
	readonly notice?: string | null;
	/**
	 * Milliseconds between two requests of the same kind, at first and at most; the pause grows while nothing happens. `arrival`: how late a
	 * job's messages may become visible after the job has ended or is not listed.
	 */
	readonly pace: { readonly least: number; readonly most: number; readonly arrival: number };
	/** Checks that it can be used and accepts jobs of this study. Queues nothing. Throws `cluster/…` errors that say what to change. */
	check(): Promise<void>;
	/**
	 * Hands over jobs, of which at most `limit` may run at once. Each runs `node PROGRAM FILE` in the folder of its file. Its output is
	 * appended to `FILE` with `.out` in place of `.json`. Throws `cluster/refused` if it accepts none of them.
	 */
	submit(jobs: readonly JobToRun[], limit: number): Promise<Submitted>;
	/** Lets more, or fewer, of the jobs that were handed over together run at once. */
	setLimit(submission: string, limit: number): Promise<void>;
	/**
	 * Every job of this session that it lists, in one request; a missing one has vanished. Rejected if there was no answer, which proves
	 * nothing.
	 */
	poll(): Promise<ReadonlyMap<string, JobState>>;
	/** Asks jobs to end: SIGTERM, and SIGKILL soon after; waiting jobs never run. Resolves once the request is on its way. */
	cancel(jobs: readonly string[]): Promise<void>;
	/**
	 * Ends what an earlier session of this study has left running or waiting. Resolves when nothing of it is left, or after a while: whether
	 * nothing is known to be left.
	 */
	endEarlier(): Promise<boolean>;
	/** All its jobs have ended, as far as anyone knows. Ends one that it still lists all the same, where it can tell. */
	close(): Promise<void>;
}

/** What differs between job systems. */
export interface JobCapabilities {
	/** Whether jobs and this process see the same folder, to which jobs write their messages. */
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
	/** `why`: what it waits for that time alone may not bring, in the system's words; null: its turn. */
	| { readonly kind: "queued"; readonly why: string | null }
	| { readonly kind: "running"; readonly machine: string | null }
	| { readonly kind: "ended"; readonly end: JobEnd; readonly words: string };

/** How a job ended, as its system sees it. "done": the program ended by itself, without an error. */
export type JobEnd = "done" | "failed" | "out of memory" | "out of time" | "taken away" | "cancelled";
