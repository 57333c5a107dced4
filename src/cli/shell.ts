import type { Terminal } from "./terminal/terminal.js";

/** What a command may touch of the process it runs in. */
export interface Shell {
	readonly environment: NodeJS.ProcessEnv;
	/** Standard output: answers and documents. */
	readonly out: Terminal;
	/** Standard error: progress and remarks. */
	readonly err: Terminal;
	/** Aborted by the first interrupt; a second one ends the process at once. */
	readonly interrupt: AbortSignal;
	/** The signal that aborted `interrupt`. */
	readonly interruptedBy: "SIGINT" | "SIGTERM" | null;
	/** Asks the user at the terminal; null where there is no one. */
	readonly ask: ((question: string) => Promise<string>) | null;
	/** Writes a remark for people to standard error. */
	say(text: string): void;
	/** Writes to standard output. */
	print(text: string): void;
}
