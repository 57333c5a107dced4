import { openSync } from "node:fs";
import { eventsFileOf } from "../job-files.js";

/** One start of a job, with the file of its own that it appends to. */
export interface Start {
	/** 0 is the first. */
	readonly number: number;
	readonly events: number;
}

/**
 * Claims the events file of a start, which no other process can then claim. `counted`: how often the job system has started this job
 * before, where it says so; a second job with that number is refused. Most systems don't say: null. The next free number is then claimed,
 * and the newest start is the one that counts.
 */
export function claimStart(file: string, counted: number | null): Start {
	if (counted !== null) return { number: counted, events: claim(file, counted) };
	for (let number = 0; ; number++)
		try {
			return { number, events: claim(file, number) };
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		}
}

const claim = (file: string, number: number): number => openSync(eventsFileOf(file, number), "ax", 0o600);
