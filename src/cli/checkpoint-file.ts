import { readFileSync } from "node:fs";
import { checkOutput, type OutputFile, writeOutput } from "../api/output-file.js";
import { SweetspotError } from "../core/errors.js";
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

	/**
	 * What was saved before; undefined where nothing was. Throws `checkpoint/unusable` where the file can't be read, `output/refused` where
	 * it can't be one of ours.
	 */
	read(): Uint8Array | undefined {
		if (this.file === undefined) return undefined;
		checkOutput(outputFor(this.file));
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
		writeOutput(outputFor(this.file), [run.save()]);
		this.#savedAt = performance.now();
		this.#pause = Math.max(leastMilliseconds, leastShare * (this.#savedAt - began));
	}
}

const outputFor = (path: string): OutputFile => ({
	path,
	flag: "--checkpoint",
	replaces: "checkpoint",
	force: false,
	unwritable: "checkpoint/unwritable",
});
