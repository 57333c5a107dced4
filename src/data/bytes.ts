import { SweetspotError } from "../core/errors.js";

/** Whether bytes are gzipped: by their first two, since names lie. */
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Data are more than may be held in memory. */
export const tooLarge = (what: string, mostBytes: number): SweetspotError =>
	new SweetspotError(
		"data/too-large",
		`${what}, and at most ${mostBytes} bytes are taken`,
		"use a part of the data, or allow more with --max-bytes, if there is the memory for it",
	);

/**
 * The bytes themselves, or what they hold if they are gzipped. `name` is the file's, for the error: `data/damaged`, and `data/too-large`
 * where they hold more than `mostBytes`, which is seen while they are unpacked: a small file may hold more than all memory.
 */
export async function unpacked(bytes: Uint8Array, name: string, mostBytes = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
	if (!isGzip(bytes)) return bytes;
	try {
		const packed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
		const { parts, length } = await collected(packed.pipeThrough(new DecompressionStream("gzip")), mostBytes);
		if (length > mostBytes) throw tooLarge(`${name} unpacks to ${length} bytes or more`, mostBytes);
		return joined(parts, length);
	} catch (cause) {
		if (cause instanceof SweetspotError) throw cause;
		throw new SweetspotError(
			"data/damaged",
			`${name} begins like a gzip file, but its ${bytes.length} bytes cannot be unpacked: it is cut short or damaged`,
			"fetch it again; `gzip -t FILE` tests it",
			{ cause },
		);
	}
}

/** What a stream holds, up to the part that goes beyond `most` bytes. */
export async function collected(
	stream: ReadableStream<Uint8Array>,
	most: number,
): Promise<{ readonly parts: readonly Uint8Array[]; readonly length: number }> {
	const parts: Uint8Array[] = [];
	let length = 0;
	for (const reader = stream.getReader(); ; ) {
		const { done, value } = await reader.read();
		if (done) return { parts, length };
		parts.push(value);
		length += value.length;
		if (length > most) {
			await reader.cancel();
			return { parts, length };
		}
	}
}

export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
