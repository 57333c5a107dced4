/** Thrown if bytes aren't a protobuf message; readers turn it into an error that names the file. */
export class NoMessage extends Error {}

const text = new TextDecoder();

/**
 * Walks over the fields of a protobuf message (protobuf.dev, "Encoding"), in the order in which they stand, without a schema. A declared
 * length is checked against the remaining bytes before anything is read.
 */
export class Message {
	/** Number of the current field. */
	field = 0;
	/** 0: varint, 1: eight bytes, 2: a length and so many bytes, 5: four bytes. */
	wire = 0;
	/** Of a varint: its value, as two's complement of 64 bits; beyond 2⁵³ the nearest float64. */
	varint = 0;
	#at = 0;
	#from = 0;
	#to = 0;
	readonly #view: DataView;

	constructor(readonly bytes: Uint8Array) {
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	/** Goes to the next field; false at the end. Throws `NoMessage`. */
	next(): boolean {
		if (this.#at >= this.bytes.length) return false;
		const tag = this.#varint();
		this.field = Math.floor(tag / 8);
		this.wire = tag % 8;
		if (this.field < 1) throw new NoMessage();
		this.#from = this.#at;
		if (this.wire === 0) this.varint = this.#varint();
		else {
			const length = this.wire === 1 ? 8 : this.wire === 5 ? 4 : this.wire === 2 ? this.#varint() : -1;
			if (length < 0 || length > this.bytes.length - this.#at) throw new NoMessage();
			this.#from = this.#at;
			this.#at += length;
		}
		this.#to = this.#at;
		return true;
	}

	/** The bytes of the current field. */
	get content(): Uint8Array {
		if (this.wire !== 2) throw new NoMessage();
		return this.bytes.subarray(this.#from, this.#to);
	}

	get text(): string {
		return text.decode(this.content);
	}

	get message(): Message {
		return new Message(this.content);
	}

	/** Of a field of four bytes. */
	get float(): number {
		if (this.wire !== 5) throw new NoMessage();
		return this.#view.getFloat32(this.#from, true);
	}

	/** Of a field of eight bytes. */
	get double(): number {
		if (this.wire !== 1) throw new NoMessage();
		return this.#view.getFloat64(this.#from, true);
	}

	#varint(): number {
		let low = 0;
		let high = 0;
		for (let i = 0; i < 10; i++) {
			if (this.#at >= this.bytes.length) throw new NoMessage();
			const byte = this.bytes[this.#at++];
			const bits = byte & 0x7f;
			if (i < 4) low |= bits << (7 * i);
			else if (i === 4) {
				low |= bits << 28;
				high = bits >>> 4;
			} else high |= bits << (7 * i - 32);
			if (byte < 0x80) return (high | 0) * 2 ** 32 + (low >>> 0);
		}
		throw new NoMessage();
	}
}
