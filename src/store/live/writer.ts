import { randomUUID } from "node:crypto";
import { appendFileSync, closeSync, openSync, renameSync, writeFileSync } from "node:fs";
import { type LiveMessage, type LiveRunStarted, liveSchemaVersion } from "../../study/live-event.js";
import { makeFolder } from "../make-folder.js";
import { currentWriter, writerId } from "../writer-note.js";
import { coalesced } from "./coalesced.js";
import { draftOf, liveFile, liveFolder, removeLive } from "./files.js";
import { lineOf, Standing } from "./standing.js";

/** Shows observers what a study is doing. Never throws, and costs the study next to nothing. */
export interface LiveWriter {
	/**
	 * What is written may be a quarter of a second late, thinned out or left out: see `coalesced`. A message must not be changed
	 * afterwards.
	 */
	write(message: LiveMessage): void;
	/**
	 * The run has ended, and its file is removed. To be called while the store is still open: the next writer may begin its
	 * own.
	 */
	close(): void;
}

/** What a live file may cost. */
export interface LiveLimits {
	/** The file is never larger, in bytes. */
	readonly bytes: number;
	/** From one write to the next, in milliseconds. */
	readonly interval: number;
	/** Looks of a trial in one write. */
	readonly looks: number;
	/** Trials of a plan. */
	readonly planned: number;
}

/** 1 MiB, and four writes a second. */
export const liveLimits: LiveLimits = { bytes: 2 ** 20, interval: 250, looks: 32, planned: 64 };

/**
 * Begins the live file of a run of the study with this id. `store`: the folder of a store that this process writes to; null, for a store
 * in memory, has no live file. `version`: of Sweetspot. Where the file can't be written, now or later (a full disk, no permission), the
 * study is no longer live, and nothing else happens.
 */
export const openLive = (store: string | null, id: string, version: string, limits: LiveLimits = liveLimits): LiveWriter =>
	store === null ? { write() {}, close() {} } : new FileWriter(store, id, version, limits);

class FileWriter implements LiveWriter {
	readonly #store: string;
	readonly #id: string;
	readonly #limits: LiveLimits;
	readonly #standing = new Standing();
	#started: LiveRunStarted;
	#pending: LiveMessage[] = [];
	/** Null: not live, or not any more. */
	#file: { readonly descriptor: number; bytes: number } | null = null;
	#timer: NodeJS.Timeout | undefined;
	#written = Number.NEGATIVE_INFINITY;

	constructor(store: string, id: string, version: string, limits: LiveLimits) {
		this.#store = store;
		this.#id = id;
		this.#limits = limits;
		const writer = currentWriter(store);
		this.#started = {
			kind: "run started",
			schemaVersion: liveSchemaVersion,
			version,
			time: new Date().toISOString(),
			run: randomUUID(),
			part: 0,
			writer: writer ? writerId(writer) : "",
		};
		this.#attempt(() => {
			makeFolder(liveFolder(store), 0o700);
			this.#begin();
		});
	}

	write(message: LiveMessage): void {
		if (this.#file === null) return;
		this.#pending.push(message);
		const wait = this.#written + this.#limits.interval - performance.now();
		if (wait <= 0) this.#flush();
		else this.#timer ??= setTimeout(() => this.#flush(), wait).unref();
	}

	close(): void {
		clearTimeout(this.#timer);
		if (this.#file === null) return;
		this.#end();
	}

	#flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#attempt(() => {
			if (this.#file === null || this.#pending.length === 0) return;
			this.#written = performance.now();
			const messages = coalesced(this.#pending, this.#limits);
			this.#pending = [];
			for (const message of messages) this.#standing.add(message);
			const lines = messages.map(lineOf).join("");
			const bytes = this.#file.bytes + Buffer.byteLength(lines);
			if (bytes > this.#limits.bytes) {
				this.#started = { ...this.#started, part: this.#started.part + 1 };
				this.#begin();
			} else {
				appendFileSync(this.#file.descriptor, lines);
				this.#file.bytes = bytes;
			}
		});
	}

	/** Replaces the file by a new one with the current state, at most half the limit in size, so that it isn't rewritten soon. */
	#begin(): void {
		const path = liveFile(this.#store, this.#id);
		const draft = draftOf(path);
		const first = lineOf(this.#started);
		const text = first + this.#standing.lines(this.#limits.bytes / 2 - Buffer.byteLength(first));
		writeFileSync(draft, text, { mode: 0o600 });
		renameSync(draft, path); // a reader sees the old file or the new one, never half of one
		const before = this.#file;
		this.#file = { descriptor: openSync(path, "a"), bytes: Buffer.byteLength(text) };
		if (before) closeSync(before.descriptor);
	}

	#attempt(work: () => void): void {
		try {
			work();
		} catch {
			this.#end();
		}
	}

	#end(): void {
		this.#pending = [];
		if (this.#file) {
			try {
				closeSync(this.#file.descriptor);
			} catch {}
		}
		this.#file = null;
		removeLive(this.#store, this.#id);
	}
}
