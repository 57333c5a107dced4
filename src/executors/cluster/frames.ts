import { crc32 } from "../../data/numpy/crc32.js";

/**
 * The messages of a job, as lines of a file that only it appends to: `NUMBER CHECKSUM JSON`. Numbers count from 0, so a missing line is
 * noticed. The checksum (CRC-32 of number and JSON) reveals a torn line.
 */
export class FrameWriter {
	#next = 0;

	constructor(private readonly append: (line: string) => void) {}

	say(message: object): void {
		const json = JSON.stringify(message);
		const number = this.#next++;
		this.append(`${number} ${checksum(number, json)} ${json}\n`);
	}
}

/** Reads such lines as they arrive, in parts of any length. */
export class FrameReader {
	#rest = Buffer.alloc(0);
	#next = 0;
	/** Why nothing that follows can be used; null while all is well. */
	broken: string | null = null;

	/** The newly completed messages. After a torn line there are no more. */
	push(bytes: Uint8Array): readonly unknown[] {
		if (this.broken !== null) return [];
		this.#rest = Buffer.concat([this.#rest, bytes]);
		const messages: unknown[] = [];
		for (;;) {
			const end = this.#rest.indexOf(10);
			if (end < 0) return messages;
			const line = this.#rest.toString("utf8", 0, end);
			this.#rest = this.#rest.subarray(end + 1);
			const [, number, sum, json] = /^(\d+) ([0-9a-f]{8}) (.*)$/.exec(line) ?? [];
			if (json === undefined || Number(number) !== this.#next || sum !== checksum(this.#next, json)) {
				this.broken = `line ${this.#next + 1} of what it said is torn or missing`;
				return messages;
			}
			this.#next++;
			messages.push(JSON.parse(json));
		}
	}
}

const checksum = (number: number, json: string): string =>
	crc32(Buffer.from(`${number} ${json}`))
		.toString(16)
		.padStart(8, "0");
