import { SweetspotError } from "../core/errors.js";

/** Whether bytes are gzipped: by their first two, since names lie. */
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The bytes themselves, or what they hold if they are gzipped. `name` is the file's, for the error: `data/damaged`. */
export async function unpacked(bytes: Uint8Array, name: string): Promise<Uint8Array> {
	if (!isGzip(bytes)) return bytes;
	try {
		const packed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
		return new Uint8Array(await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
	} catch (cause) {
		throw new SweetspotError(
			"data/damaged",
			`${name} begins like a gzip file, but its ${bytes.length} bytes cannot be unpacked: it is cut short or damaged`,
			"fetch it again; `gzip -t FILE` tests it",
			{ cause },
		);
	}
}
