const text = new TextEncoder();

/** Puts a protobuf message together, a field at a time; see `Message` for the wire types. */
export class MessageWriter {
	readonly #parts: Uint8Array[] = [];

	/** A whole number from 0 on, exact up to 2⁵³. */
	whole(field: number, value: number): this {
		return this.#add(varint(field * 8), varint(value));
	}

	double(field: number, value: number): this {
		const bytes = new Uint8Array(8);
		new DataView(bytes.buffer).setFloat64(0, value, true);
		return this.#add(varint(field * 8 + 1), bytes);
	}

	float(field: number, value: number): this {
		const bytes = new Uint8Array(4);
		new DataView(bytes.buffer).setFloat32(0, value, true);
		return this.#add(varint(field * 8 + 5), bytes);
	}

	text(field: number, value: string): this {
		return this.#content(field, text.encode(value));
	}

	message(field: number, value: MessageWriter): this {
		return this.#content(field, value.done());
	}

	done(): Uint8Array {
		const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
		let at = 0;
		for (const part of this.#parts) {
			whole.set(part, at);
			at += part.length;
		}
		return whole;
	}

	#content(field: number, bytes: Uint8Array): this {
		return this.#add(varint(field * 8 + 2), varint(bytes.length), bytes);
	}

	#add(...parts: readonly Uint8Array[]): this {
		this.#parts.push(...parts);
		return this;
	}
}

function varint(value: number): Uint8Array {
	const bytes: number[] = [];
	let left = value;
	while (left >= 0x80) {
		bytes.push((left % 0x80) | 0x80);
		left = Math.floor(left / 0x80);
	}
	return Uint8Array.from([...bytes, left]);
}
