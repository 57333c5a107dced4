import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { type ErrorCode, SweetspotError } from "../core/errors.js";
import type { NetworkRun } from "../trainers/builtin/run.js";

/** A run is saved at most every half second, and so seldom that saving takes a twentieth of the time at most. */
const leastMilliseconds = 500;
const leastShare = 20;

/** Where a run is saved, if anywhere. */
export class CheckpointFile {
	#savedAt = performance.now();
	#pause = leastMilliseconds;

	/** `file`: undefined to save nowhere. */
	constructor(readonly file: string | undefined) {}

	/** What was saved before; undefined where nothing was. Throws `checkpoint/unusable` where the file can't be read. */
	read(): Uint8Array | undefined {
		if (this.file === undefined) return undefined;
		try {
			return new Uint8Array(readFileSync(this.file));
		} catch (cause) {
			if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
			throw new SweetspotError("checkpoint/unusable", (cause as Error).message, "name a readable file with --checkpoint", { cause });
		}
	}

	saveIfDue(run: NetworkRun): void {
		if (performance.now() - this.#savedAt >= this.#pause) this.save(run);
	}

	save(run: NetworkRun): void {
		if (this.file === undefined) return;
		const began = performance.now();
		writeWhole(this.file, run.save(), "checkpoint/unwritable", "--checkpoint");
		this.#savedAt = performance.now();
		this.#pause = Math.max(leastMilliseconds, leastShare * (this.#savedAt - began));
	}
}

/** Writes a file under another name, brings it to the disk and renames it: killed at any instant, there is the old file or the new one. */
export function writeWhole(file: string, bytes: Uint8Array, code: ErrorCode, flag: string): void {
	const draft = `${file}.${process.pid}.part`;
	try {
		const descriptor = openSync(draft, "w");
		try {
			for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}
		renameSync(draft, file);
	} catch (cause) {
		rmSync(draft, { force: true });
		throw new SweetspotError(code, `${file} (${(cause as Error).message})`, `name a writable file with ${flag}`, { cause });
	}
}
