import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** One read takes no more, so that a large file leaves others their turn. */
const mostBytesAtOnce = 2 ** 18;

/** So many bytes at its beginning, and of those that were read last, are compared with what stands there now. */
const comparedBytes = 64;

/** Who gets what a file has. */
export interface FileTakers {
	/** What follows is the file from its beginning: it was written anew, or another has its name. */
	onAnew(): void;
	onBytes(bytes: Buffer): void;
}

/**
 * Reads what is appended to a file that its writer may also write anew: in place, as Lightning does where the header grows, or as another
 * file of the same name.
 */
export class GrowingFile {
	#position = 0;
	#inode: number | null = null;
	/** The first bytes, and those before the position. */
	#first = Buffer.of();
	#last = Buffer.of();
	readonly #buffer = Buffer.allocUnsafe(65536);

	constructor(readonly path: string) {}

	/** Hands on what is new. Returns whether there was something, and whether there may be more. */
	read(takers: FileTakers): { readonly found: boolean; readonly more: boolean } {
		let descriptor: number;
		try {
			descriptor = openSync(this.path, "r");
		} catch {
			return { found: false, more: false }; // between two files of that name, or not ours to read
		}
		try {
			if (this.#isAnew(descriptor)) {
				this.#position = 0;
				this.#first = Buffer.of();
				takers.onAnew();
			}
			for (let total = 0; total < mostBytesAtOnce; ) {
				const count = readSync(descriptor, this.#buffer, 0, this.#buffer.length, this.#position);
				if (count === 0) return { found: total > 0, more: false };
				// Written anew since that was looked at: these bytes are from the middle of another file.
				if (this.#isAnew(descriptor)) return { found: total > 0, more: true };
				const bytes = Buffer.from(this.#buffer.subarray(0, count));
				if (this.#first.length < comparedBytes) this.#first = Buffer.concat([this.#first, bytes]).subarray(0, comparedBytes);
				this.#last = Buffer.concat([this.#last, bytes.subarray(-comparedBytes)]).subarray(-comparedBytes);
				this.#position += count;
				total += count;
				takers.onBytes(bytes);
			}
			return { found: true, more: true };
		} finally {
			closeSync(descriptor);
		}
	}

	#isAnew(descriptor: number): boolean {
		const { size, ino } = fstatSync(descriptor);
		const isOther = this.#inode !== null && this.#inode !== ino;
		this.#inode = ino;
		if (isOther) return true;
		if (this.#position === 0 || size < this.#position) return size < this.#position;
		const last = this.#last.subarray(-Math.min(this.#last.length, this.#position));
		return !hasAt(descriptor, this.#first, 0) || !hasAt(descriptor, last, this.#position - last.length);
	}
}

function hasAt(descriptor: number, expected: Buffer, at: number): boolean {
	const there = Buffer.alloc(expected.length);
	readSync(descriptor, there, 0, there.length, at);
	return there.equals(expected);
}
