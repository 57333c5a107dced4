import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** One read takes no more, so that a flood leaves others their turn. */
const mostBytesAtOnce = 2 ** 20;

/** So many of the bytes that were read last are compared with what stands there now. */
const comparedBytes = 64;

/** Reads what is appended to a file, from where it ended when this began. Makes the file where there is none. */
export class EventsFile {
	/** Bytes that it had at the last look; there may be more by now than were read. */
	size: number;
	readonly #descriptor: number;
	readonly #buffer = Buffer.allocUnsafe(65536);
	#position: number;
	/** The bytes before the position. */
	#last: Buffer = Buffer.of();

	constructor(file: string) {
		this.#descriptor = openSync(file, constants.O_RDONLY | constants.O_CREAT, 0o666);
		this.size = fstatSync(this.#descriptor).size;
		this.#position = this.size;
	}

	/** Hands on what is new. Returns whether there was something, and whether there may be more. */
	read(onBytes: (bytes: Buffer) => void): { readonly found: boolean; readonly more: boolean } {
		if (this.#isAnew()) this.#position = 0;
		for (let total = 0; total < mostBytesAtOnce; ) {
			const count = readSync(this.#descriptor, this.#buffer, 0, this.#buffer.length, this.#position);
			if (count === 0) return { found: total > 0, more: false };
			this.#position += count;
			total += count;
			const bytes = Buffer.from(this.#buffer.subarray(0, count));
			this.#last = bytes.subarray(-comparedBytes);
			onBytes(bytes);
		}
		return { found: true, more: true };
	}

	/** Whether its writer has begun it anew, as `> /dev/stdout` does: it is shorter than it was, or has other bytes where it was read. */
	#isAnew(): boolean {
		const { size } = fstatSync(this.#descriptor);
		this.size = size;
		if (size <= this.#position) return size < this.#position;
		const before = Buffer.alloc(this.#last.length);
		readSync(this.#descriptor, before, 0, before.length, this.#position - before.length);
		return !before.equals(this.#last);
	}

	close(): void {
		closeSync(this.#descriptor);
	}
}
