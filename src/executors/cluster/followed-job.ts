import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { FrameReader } from "./frames.js";
import { eventsFileOf, type JobMessage, outFileOf } from "./job-files.js";

/** Bytes that are read at once. */
const mostBytes = 2 ** 20;

/** Starts in a row that may be lost without leaving a message. */
const mostSilentStarts = 3;

/** The messages of a job, read as they arrive. After a restart, messages of earlier starts no longer count. */
export class FollowedJob {
	/** The start of the job that is being read; 0 is the first. */
	restart = 0;
	#offset = 0;
	#frames = new FrameReader();

	constructor(readonly file: string) {}

	/** Why nothing more can be read of this start; null while all is well. */
	get broken(): string | null {
		return this.#frames.broken;
	}

	/** The messages since the last call. `anew`: they belong to a later start than those before. */
	read(): { readonly anew: boolean; readonly messages: readonly JobMessage[] } {
		let anew = false;
		// A start that is lost before it has said anything leaves no file.
		for (let next = this.restart + 1; next <= this.restart + mostSilentStarts; next++) {
			if (sizeOf(eventsFileOf(this.file, next)) === 0) continue;
			this.restart = next;
			this.#offset = 0;
			this.#frames = new FrameReader();
			anew = true;
		}
		const messages: JobMessage[] = [];
		const path = eventsFileOf(this.file, this.restart);
		for (let more = sizeOf(path) > this.#offset; more; ) {
			const bytes = readFrom(path, this.#offset);
			this.#offset += bytes.length;
			messages.push(...(this.#frames.push(bytes) as readonly JobMessage[]));
			more = bytes.length === mostBytes;
		}
		return { anew, messages };
	}

	/** The last lines that it printed; null if there is no such file: it never started, or ran where this folder isn't visible. */
	lastLines(): string | null {
		try {
			return readFileSync(outFileOf(this.file), "utf8").trimEnd().split("\n").slice(-5).join("\n");
		} catch {
			return null;
		}
	}
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function readFrom(path: string, offset: number): Uint8Array {
	const descriptor = openSync(path, "r");
	try {
		const bytes = Buffer.alloc(mostBytes);
		return bytes.subarray(0, readSync(descriptor, bytes, 0, mostBytes, offset));
	} finally {
		closeSync(descriptor);
	}
}
