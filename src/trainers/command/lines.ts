/** A longer line is passed on as bytes. */
const longestLineBytes = 65536;

const [newline, carriageReturn] = [0x0a, 0x0d];

export interface LineTakers {
	/** A line with its end, if it has one, and as text without. */
	readonly onLine: (text: string, bytes: Buffer) => void;
	/** Part of a line that is too long to be looked at. */
	readonly onBytes: (bytes: Buffer) => void;
}

/**
 * Cuts what a process prints into lines. They end with a newline or, as those of progress bars do, a carriage return. Memory is bounded:
 * a line that gets too long is passed on as it comes.
 */
export class LineCutter {
	#held: Buffer[] = [];
	#heldBytes = 0;
	#tooLong = false;

	constructor(private readonly takers: LineTakers) {}

	push(chunk: Buffer): void {
		let begin = 0;
		for (let i = 0; i < chunk.length; i++) {
			if (chunk[i] !== newline && chunk[i] !== carriageReturn) continue;
			this.#hold(chunk.subarray(begin, i + 1));
			this.#end();
			begin = i + 1;
		}
		if (begin < chunk.length) this.#hold(chunk.subarray(begin));
	}

	/** What was printed last needn't end as a line does. */
	end(): void {
		if (this.#heldBytes > 0) this.#end();
	}

	#hold(part: Buffer): void {
		if (!this.#tooLong && this.#heldBytes + part.length > longestLineBytes) {
			for (const before of this.#held) this.takers.onBytes(before);
			this.#held = [];
			this.#heldBytes = 0;
			this.#tooLong = true;
		}
		if (this.#tooLong) this.takers.onBytes(part);
		else {
			this.#held.push(part);
			this.#heldBytes += part.length;
		}
	}

	#end(): void {
		if (!this.#tooLong) {
			const bytes = this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held);
			this.takers.onLine(bytes.toString("utf8").replace(/[\r\n]+$/, ""), bytes);
		}
		this.#held = [];
		this.#heldBytes = 0;
		this.#tooLong = false;
	}
}
