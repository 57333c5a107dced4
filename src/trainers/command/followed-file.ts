import { type FSWatcher, watch } from "node:fs";
import { EventsFile } from "./events-file.js";

/**
 * Bounds of the pause between two looks at a file that may have grown. Between the bounds it is a sixteenth of the silence so far. So a
 * line is found late by at most a sixteenth of the time since the line before it, and a file that stays silent costs next to nothing.
 */
const pauseMilliseconds = { least: 20, most: 1000 } as const;
const silencePerPause = 16;

/** Who gets what is new in a file. */
export interface Follower {
	onBytes(bytes: Buffer): void;
	/** It can't be read, and isn't looked at any more. */
	onError(error: unknown): void;
}

/**
 * A file that is read as it grows: at once where the system gives notice of changes, else when it is due, as on a network's file system.
 * What notices bring doesn't shorten the pauses.
 */
export class FollowedFile {
	/** When it is to be looked at, by `performance.now()`. */
	due: number;
	/** When a look last found something, or the first began. */
	#found = performance.now();
	readonly #file: EventsFile;
	readonly #changes: FSWatcher | null;
	#open = true;
	#isReadSoon = false;

	constructor(
		file: string,
		private readonly follower: Follower,
		private readonly onClose: (file: FollowedFile) => void,
	) {
		this.#file = new EventsFile(file);
		this.#changes = noticesOf(file, () => this.#readSoon());
		this.due = this.#found + pauseMilliseconds.least;
	}

	/** Bytes that it had at the last look. */
	get size(): number {
		return this.#file.size;
	}

	/** Hands on what is new, of a flood a part. Returns whether there may be more. */
	read(): boolean {
		if (!this.#open) return false;
		const { more } = this.#file.read((bytes) => this.follower.onBytes(bytes));
		if (more) this.due = performance.now() + pauseMilliseconds.least;
		return more;
	}

	/** As `read`, because it is due. */
	look(now: number): void {
		this.#attempt(() => {
			const { found } = this.#file.read((bytes) => this.follower.onBytes(bytes));
			if (found) this.#found = now;
			const { least, most } = pauseMilliseconds;
			this.due = now + Math.min(most, Math.max(least, (now - this.#found) / silencePerPause));
		});
	}

	/**
	 * Not in the notice itself: the system's notices are handed over in a loop that lasts for as long as there are more, and a script that
	 * prints without end makes more than are read. Nothing else of this process would have its turn.
	 */
	#readSoon(): void {
		if (this.#isReadSoon) return;
		this.#isReadSoon = true;
		setImmediate(() => {
			this.#isReadSoon = false;
			this.#attempt(() => this.read());
		});
	}

	close(): void {
		if (!this.#open) return;
		this.#open = false;
		this.#changes?.close();
		this.#file.close();
		this.onClose(this);
	}

	/** What a timer or a notice throws would end this process. */
	#attempt(act: () => void): void {
		try {
			if (this.#open) act();
		} catch (error) {
			this.close();
			this.follower.onError(error);
		}
	}
}

/** Calls back when the file changes. Null where the system gives no notice. */
function noticesOf(file: string, onChange: () => void): FSWatcher | null {
	try {
		return watch(file, onChange).on("error", () => {});
	} catch {
		return null;
	}
}
