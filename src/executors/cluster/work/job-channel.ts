import { closeSync, existsSync, readFileSync, writeSync } from "node:fs";
import { SweetspotError } from "../../../core/errors.js";
import { FrameWriter } from "../frames.js";
import { eventsFileOf, type JobFile, type JobMessage, type JobSession, jobVersion, stopFileOf } from "../job-files.js";
import { mostSaved } from "../sent-continuation.js";
import { claimStart } from "./starts.js";

/** What a job was given, and its way to the process that follows it. */
export interface JobChannel {
	readonly session: JobSession;
	readonly task: JobFile["task"];
	say(message: JobMessage): void;
	/** Why nobody waits for what it has to say; null: someone does. */
	whyGivenUp(): string | null;
	/** The pause before the next look of a trial, which has run for so long. All in milliseconds. */
	pauseAfter(elapsed: number): number;
	/** Whether the files of scripts are gone when the job is. */
	readonly losesFiles: boolean;
	/** Bytes of a run's saved state that may be said. */
	readonly mostSaved: number;
	end(): void;
}

/** Progress is for people. */
const millisecondsBetweenLooks = 500;

/**
 * In a folder that both see: a file for the job, and one that it appends to. `startedBefore`: how often the job system has started this job
 * before; null where it doesn't say.
 */
export function folderChannel(file: string, startedBefore: number | null): JobChannel {
	const { version, session: sessionFile, task } = JSON.parse(readFileSync(file, "utf8")) as JobFile;
	requireVersion(file, version);
	const stopFiles = [stopFileOf(file), stopFileOf(sessionFile)];
	const session = JSON.parse(readFileSync(sessionFile, "utf8")) as JobSession;
	const { number, events } = claimStart(file, startedBefore);
	const frames = new FrameWriter((line) => writeAll(events, line));
	return {
		session,
		task,
		say: (message) => frames.say(message),
		// A later start of this job has begun, or the study has given the job up.
		whyGivenUp: () => (stopFiles.some((stop) => existsSync(stop)) || existsSync(eventsFileOf(file, number + 1)) ? "it was given up" : null),
		pauseAfter: () => millisecondsBetweenLooks,
		losesFiles: false,
		mostSaved: mostSaved.folder,
		end: () => closeSync(events),
	};
}

export function requireVersion(file: string, version: number): void {
	if (version !== jobVersion)
		throw new SweetspotError("usage/bad-value", `${file} is a job of version ${version}`, `expected version ${jobVersion}`);
}

export function writeAll(descriptor: number, text: string): void {
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
