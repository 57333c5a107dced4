import { closeSync, copyFileSync, openSync, writeSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** Where a script fails, this many of its last lines are shown, each cut to this many characters. */
const shown = { lines: 20, characters: 400 };

/** Of what a script prints so much is kept, and its last lines: enough to see what it did, even if it prints without end. */
const mostBytes = 16 * 2 ** 20;

/** What programs say when memory runs out: CUDA and its libraries, PyTorch, JAX, TensorFlow, Python, numpy, C++, the system. */
const memoryWords =
	/out of memory|OutOfMemory|RESOURCE_EXHAUSTED|ResourceExhausted|MemoryError|std::bad_alloc|(CUBLAS|CUDNN)_STATUS_ALLOC_FAILED|Unable to allocate \S+ \S+ for an array|[Cc]annot allocate memory|can't allocate memory|not enough memory/;

/** What programs say when the disk is full. */
const fullWords = /No space left on device|Disk quota exceeded|\bENOSPC\b|\bEDQUOT\b/;

/** Whether this says that a disk is full. */
export const saysFull = (text: string): boolean => fullWords.test(text);

/**
 * What a trial's script printed but for events: the first 16 MiB of it in a file, the last lines in memory. The file is made when there is
 * something to write.
 */
export class TrialLog {
	/** The last line that reported a lack of memory. */
	memoryLine: string | null = null;
	/** The last line that reported a full disk. */
	fullLine: string | null = null;
	#file: string;
	#descriptor: number | null = null;
	#written = 0;
	/** Nothing more can be written: a full disk must not end the trial. */
	#broken = false;
	readonly #last: string[] = [];

	constructor(file: string) {
		this.#file = file;
	}

	/** A line, as text and as it was printed. */
	line(text: string, bytes: Buffer): void {
		this.bytes(bytes);
		const clean = stripVTControlCharacters(text).trimEnd();
		if (clean === "") return;
		if (memoryWords.test(clean.slice(0, 4096))) this.memoryLine = cut(clean);
		if (saysFull(clean.slice(0, 4096))) this.fullLine = cut(clean);
		this.#last.push(cut(clean));
		if (this.#last.length > shown.lines) this.#last.shift();
	}

	bytes(bytes: Buffer): void {
		const room = mostBytes - this.#written;
		this.#written += bytes.length;
		if (room > 0) this.#write(bytes.subarray(0, room));
	}

	#write(bytes: Buffer): void {
		if (this.#broken) return;
		try {
			this.#descriptor ??= openSync(this.#file, "a", 0o600);
			for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
		} catch {
			this.#broken = true;
		}
	}

	/** Goes on in another file, which begins with all that this one has. */
	goOnIn(file: string): void {
		if (this.#descriptor !== null) closeSync(this.#descriptor);
		this.#descriptor = null;
		try {
			copyFileSync(this.#file, file);
		} catch {} // nothing was written yet, or the disk is full
		this.#file = file;
	}

	/** A remark of ours. */
	say(text: string): void {
		this.bytes(Buffer.from(`[sweetspot] ${text}\n`));
	}

	get lastLines(): readonly string[] {
		return this.#last;
	}

	close(): void {
		if (this.#written > mostBytes) {
			const rest = `\n[sweetspot] ${this.#written - mostBytes} bytes more are not kept; the last lines:\n${this.#last.join("\n")}\n`;
			this.#write(Buffer.from(rest));
		}
		if (this.#descriptor !== null) closeSync(this.#descriptor);
		this.#descriptor = null;
		this.#broken = true;
	}
}

const cut = (line: string): string => (line.length > shown.characters ? `${line.slice(0, shown.characters - 1)}…` : line);
