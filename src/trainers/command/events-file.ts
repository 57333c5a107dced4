import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** One read takes no more, so that a flood leaves others their turn. */
const mostBytesAtOnce = 2 ** 20;

/** Reads what is appended to a file, from where it ended when this began. Makes the file where there is none. */
export class EventsFile {
	readonly #descriptor: number;
	readonly #buffer = Buffer.allocUnsafe(65536);
	#position: number;

	constructor(file: string) {
		this.#descriptor = openSync(file, constants.O_RDONLY | constants.O_CREAT, 0o666);
		this.#position = fstatSync(this.#descriptor).size;
	}

	/** Hands on what is new. Returns whether there was something, and whether there may be more. */
	read(onBytes: (bytes: Buffer) => void): { readonly found: boolean; readonly more: boolean } {
		if (fstatSync(this.#descriptor).size < this.#position) this.#position = 0; // its writer has begun it anew
		for (let total = 0; total < mostBytesAtOnce; ) {
			const count = readSync(this.#descriptor, this.#buffer, 0, this.#buffer.length, this.#position);
			if (count === 0) return { found: total > 0, more: false };
			this.#position += count;
			total += count;
			onBytes(Buffer.from(this.#buffer.subarray(0, count)));
		}
		return { found: true, more: true };
	}

	close(): void {
		closeSync(this.#descriptor);
	}
}
