import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type LiveEvent, type LiveRunStarted, liveSchemaVersion } from "../../study/live-event.js";
import { currentWriter, writerId } from "../writer-note.js";
import { liveFile } from "./files.js";

/** What is new in a live file. */
export interface LiveNews {
	/**
	 * "running": a run of the study writes the file. "stale": a run wrote it and was killed. "none": there is no such run, or it is of a
	 * newer version whose file can't be read, or it could not write a file.
	 */
	readonly state: "running" | "stale" | "none";
	/** True at first and with every new run: forget what was read before, since `events` start again at "run started". */
	readonly restarted: boolean;
	/** Empty unless "running". */
	readonly events: readonly LiveEvent[];
}

export interface LiveReader {
	/** What is new since the last call, at the cost of what is new. Never throws. */
	read(): LiveNews;
}

/** Follows the live file of the study with this id, in the folder of a store, through its current run and all later ones. */
export const followLive = (store: string, id: string): LiveReader => new FileReader(store, id);

/** Longer than any first line. */
const mostHeadBytes = 4096;
const lineFeed = 0x0a;

class FileReader implements LiveReader {
	readonly #store: string;
	readonly #path: string;
	/** The first line of the file that is being read. */
	#head = "";
	/** Bytes of it that were read, all of them whole lines. */
	#offset = 0;

	constructor(store: string, id: string) {
		this.#store = store;
		this.#path = liveFile(store, id);
	}

	read(): LiveNews {
		let file: number;
		try {
			file = openSync(this.#path, "r");
		} catch {
			return nothing("none");
		}
		try {
			return this.#news(file);
		} catch {
			this.#head = ""; // for example, the disk can't be read: start again once it can
			return nothing("none");
		} finally {
			closeSync(file);
		}
	}

	#news(file: number): LiveNews {
		const { size } = fstatSync(file);
		const head = firstLine(file, size);
		if (head === null) return nothing("none");
		const started: LiveRunStarted = JSON.parse(head);
		if (started.schemaVersion > liveSchemaVersion) return nothing("none");
		const writer = currentWriter(this.#store);
		if (writer === null || writerId(writer) !== started.writer) return nothing("stale");
		const restarted = head !== this.#head || size < this.#offset;
		if (restarted) {
			this.#head = head;
			this.#offset = 0;
		}
		return { state: "running", restarted, events: this.#lines(file, size).map((line): LiveEvent => JSON.parse(line)) };
	}

	/** The whole lines that are new. One that is being written, or was torn by a kill, is left for the next time. */
	#lines(file: number, size: number): string[] {
		const fresh = bytesOf(file, this.#offset, size);
		const whole = fresh.subarray(0, fresh.lastIndexOf(lineFeed) + 1);
		this.#offset += whole.length;
		return whole.toString("utf8").split("\n").slice(0, -1);
	}
}

const nothing = (state: "stale" | "none"): LiveNews => ({ state, restarted: false, events: [] });

/** Null while it is not whole. */
function firstLine(file: number, size: number): string | null {
	const bytes = bytesOf(file, 0, Math.min(size, mostHeadBytes));
	const end = bytes.indexOf(lineFeed);
	return end < 0 ? null : bytes.toString("utf8", 0, end);
}

/** The bytes from `from` to `to`, or as far as the file goes. */
function bytesOf(file: number, from: number, to: number): Buffer {
	const bytes = Buffer.alloc(Math.max(0, to - from));
	return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
}
