import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";

/** Set for a process that `--detach` started: the file that its output goes to until its study is known. */
const logVariable = "SWEETSPOT_DETACHED_LOG";

/** The environment of such a process. */
export const detachedIn = (environment: NodeJS.ProcessEnv, log: string): NodeJS.ProcessEnv => ({ ...environment, [logVariable]: log });

/** What such a process says to the one that started it. */
export interface Begun {
	/** The study that it runs. */
	readonly id: string;
	/** Where its output goes. */
	readonly log: string;
}

/**
 * In such a process: the first trial of this study was handed out. Its output is kept with the study from here on, and the process that
 * waits hears of it, where it still does: its terminal may have been closed meanwhile.
 */
export function reportBegun(id: string): void {
	const before = process.env[logVariable];
	if (before === undefined) return;
	delete process.env[logVariable]; // for scripts that this process starts
	const log = join(dirname(before), "logs", id, "detached.log");
	mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
	renameSync(before, log);
	if (!process.connected) return;
	process.send?.({ id, log } satisfies Begun, () => {
		if (process.connected) process.disconnect(); // not where the other one has ended this very moment
	});
}
