/**
 * Where scripts run: this machine (`local/`), later a cluster. The rest of this folder knows processes by these interfaces alone;
 * `test/contract/script-host.ts` is what every host promises.
 */
export interface ScriptHost {
	/** Hands a script over to be run. Throws nothing: what can't be started has an exit that says so. */
	launch(launch: Launch): Launched;
	/** Bytes of memory that scripts may still take; null where the host can't see that. */
	freeMemory(): number | null;
	/** Frees what the host itself holds. Everything launched has been released. */
	close(): void;
}

/** Opens a host for trials whose folders lie in this one (absolute), and ends what an earlier session left running there. */
export type OpenHost = (folder: string) => ScriptHost;

/** What it takes to run a script. */
export interface Launch {
	/** Program and arguments, with no shell in between. */
	readonly command: readonly string[];
	/** Absolute: where it runs. */
	readonly directory: string;
	/** Set over the variables that the host gives to every process. */
	readonly environment: Readonly<Record<string, string>>;
	/** Absolute, the trial's own. What the script appends to `SWEETSPOT_EVENTS` is a file in it. */
	readonly folder: string;
	/**
	 * Absolute: files to which the host appends what the script prints, each stream in order and byte by byte. What was printed is there at
	 * once, even if this process is killed: a script that has saved its state afterwards won't print it again.
	 */
	readonly output: Readonly<Record<"stdout" | "stderr", string>>;
}

/** A script that waits to run, runs or has ended. */
export interface Launched {
	/** Settles at the first sign of life; with null where it never ran. Before `exit` at the latest. */
	readonly started: Promise<Start | null>;
	/** When the script itself has ended; processes that it started may go on. */
	readonly exit: Promise<Exit>;
	/** When it has ended, and so have the processes that it started and that went nowhere else: nothing more is printed. */
	readonly closed: Promise<void>;
	/**
	 * Stops all of its processes where they are, until `goOn`. Resolves when they stand still, with false where this host can't do that or
	 * nothing of it runs.
	 */
	pause(): Promise<boolean>;
	goOn(): void;
	/** Bytes of memory that its processes hold; null where the host can't see that. */
	heldMemory(): number | null;
	/** Whether one of its processes has this file (absolute) open now; null where the host can't see that. */
	holdsOpen(file: string): boolean | null;
	/**
	 * Asks all of its processes to end, stopped ones too, and kills what is left after so many milliseconds. Resolves when they are gone.
	 * May be called again.
	 */
	end(graceMilliseconds: number): Promise<void>;
	/** Lets go of what has been ended. */
	release(): void;
}

/** That a script runs. */
export interface Start {
	/** The name of the machine that it runs on. */
	readonly machine: string;
	/** When it began, as nearly as the host knows, by `performance.now()` in this process. */
	readonly at: number;
}

/** How a script ended. */
export interface Exit {
	/** Null where a signal ended it or it never ran. */
	readonly code: number | null;
	/** Such as "SIGKILL"; null where none ended it. */
	readonly signal: string | null;
	/** Whether it was killed because memory ran out; null where the host can't see that. */
	readonly outOfMemory: boolean | null;
	/** Whether the host failed it, so that another try may succeed. Leaves aside signals, whose sender it doesn't know. */
	readonly hostFailed: boolean;
	/** In words, such as "exit code 1". */
	readonly words: string;
}
