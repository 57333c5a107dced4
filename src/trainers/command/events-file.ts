import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** So much is read at once, in bytes; more waits for the next time. */
const most = 2 ** 20;

/** Reads what is appended to a file, from where it ended when this began. */
export class EventsFile {
	readonly #descriptor: number;
	readonly #buffer = Buffer.allocUnsafe(65536);
	#position: number;

	constructor(file: string) {
		this.#descriptor = openSync(file, constants.O_RDONLY | constants.O_CREAT, 0o666);
		this.#position = fstatSync(this.#descriptor).size;
	}

	/** Hands on what is new. Whether there may be more. */
	read(onBytes: (bytes: Buffer) => void): boolean {
		if (fstatSync(this.#descriptor).size < this.#position) this.#position = 0; // begun anew by whoever writes
		for (let total = 0; total < most; ) {
			const count = readSync(this.#descriptor, this.#buffer, 0, this.#buffer.length, this.#position);
			if (count === 0) return false;
			this.#position += count;
			total += count;
			onBytes(Buffer.from(this.#buffer.subarray(0, count)));
		}
		return true;
	}

	close(): void {
		closeSync(this.#descriptor);
	}
}
