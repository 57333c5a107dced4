import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";

/** Begins each line that is a frame. */
const mark = "sweetspot-frame";

/** A frame that is longer than this many characters is not read. */
const mostLength = 2 ** 24;

/**
 * The messages of a job in a log that others write to as well: lines `sweetspot-frame NUMBER LENGTH SIGNATURE JSON`.
 *
 * The job makes a key pair when it starts and keeps the private key in its memory. Its first frame, number 0, has the public key, and is
 * written before the job starts anything else. Whoever reads the log or the job's environment can't sign a frame.
 */
export class SignedFrameWriter {
	readonly #key: KeyObject;
	#next = 0;

	/** `job`: its id; a frame of another job doesn't count here. `append`: writes a text at once, as a whole. */
	constructor(
		private readonly job: string,
		private readonly append: (text: string) => void,
	) {
		const { publicKey, privateKey } = generateKeyPairSync("ed25519");
		this.#key = privateKey;
		this.say({ key: publicKey.export({ type: "spki", format: "der" }).toString("base64") });
	}

	say(message: object): void {
		const number = this.#next++;
		// ASCII alone: what passes a log on may take other bytes for something else.
		const json = JSON.stringify(message).replace(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
		const signature = sign(null, signed(this.job, number, json), this.#key).toString("base64");
		// Others may have left a line without an end.
		this.append(`\n${mark} ${number} ${json.length} ${signature} ${json}\n`);
	}
}

/** A message and its number, which counts from 0 after the frame with the key. */
export interface NumberedMessage {
	readonly number: number;
	readonly message: unknown;
}

/** Reads the frames of a job from its whole log, as often as wanted. All other lines are left to people. */
export class SignedFrameReader {
	#key: KeyObject | null = null;
	#next = 0;
	#offset = 0;
	/** Why nothing that follows can be used; null while all is well. */
	broken: string | null = null;
	/** The last lines that are no frames. */
	others: readonly string[] = [];

	constructor(private readonly job: string) {}

	/**
	 * The messages since the last call. A line that only looks like a frame, and a frame that was there before, are passed over. After a
	 * missing frame there are no more.
	 */
	read(log: string): readonly NumberedMessage[] {
		if (this.broken !== null) return [];
		if (log.length < this.#offset) {
			this.broken = "its log has become shorter";
			return [];
		}
		const end = log.lastIndexOf("\n") + 1;
		if (end <= this.#offset) return [];
		const lines = log.slice(this.#offset, end).split("\n");
		this.#offset = end;
		const messages: NumberedMessage[] = [];
		const others: string[] = [];
		for (const line of lines) {
			const frame = this.broken === null ? this.#frame(line) : null;
			if (frame === null) {
				if (line.trim() !== "" && !line.startsWith(`${mark} `)) others.push(line.slice(0, 500));
			} else if (frame.number > this.#next) this.broken = `frame ${this.#next} of its log is torn or missing`;
			else if (frame.number === this.#next && this.#next++ > 0) messages.push({ number: frame.number - 1, message: frame.message });
		}
		this.others = [...this.others, ...others].slice(-20);
		return messages;
	}

	/** A frame that the job has signed; null for every other line. */
	#frame(line: string): NumberedMessage | null {
		if (!line.startsWith(`${mark} `) || line.length > mostLength) return null;
		const [, digits = "", length, signature = "", json = ""] =
			/^sweetspot-frame (0|[1-9]\d{0,8}) (\d+) ([A-Za-z0-9+/]{86}==) (.*)$/.exec(line) ?? [];
		if (digits === "" || Number(length) !== json.length) return null;
		const bytes = Buffer.from(signature, "base64");
		if (bytes.toString("base64") !== signature) return null; // its last character has bits to spare
		const number = Number(digits);
		const key = this.#key ?? (number === 0 ? keyIn(json) : null);
		if (key === null || !verify(null, signed(this.job, number, json), key, bytes)) return null;
		this.#key = key;
		return { number, message: JSON.parse(json) };
	}
}

const signed = (job: string, number: number, json: string): Buffer => Buffer.from(`${job} ${number} ${json}`);

/** The key in a first frame; null where there is none. */
function keyIn(json: string): KeyObject | null {
	const [, text] = /^\{"key":"([A-Za-z0-9+/]{58,60}={0,2})"\}$/.exec(json) ?? [];
	if (text === undefined) return null;
	try {
		const key = createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
		return key.asymmetricKeyType === "ed25519" ? key : null;
	} catch {
		return null;
	}
}
