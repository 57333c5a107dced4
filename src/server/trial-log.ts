import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { TrialSpec } from "../core/trial.js";
import { StudyFiles } from "../trainers/command/files.js";

/** Bytes of a log that are shown: its end says why it ended. */
const mostBytes = 65_536;

/** What a page shows of what a script printed. */
export interface TrialLog {
	readonly text: string;
	/** Bytes that are left out before it. */
	readonly omitted: number;
}

/** The end of what a trial's script printed; null if it printed nothing or no log is kept. Links are not followed: the log must be ours. */
export function logOf(store: string, study: string, trial: TrialSpec): TrialLog | null {
	let file: number;
	try {
		file = openSync(
			new StudyFiles(store, study).logOf(trial),
			constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
		);
	} catch {
		return null;
	}
	try {
		const stat = fstatSync(file);
		if (!stat.isFile() || stat.size === 0) return null;
		const buffer = Buffer.alloc(Math.min(mostBytes, stat.size));
		const omitted = stat.size - buffer.length;
		const length = readSync(file, buffer, 0, buffer.length, omitted);
		return { text: buffer.toString("utf8", 0, length), omitted };
	} finally {
		closeSync(file);
	}
}
