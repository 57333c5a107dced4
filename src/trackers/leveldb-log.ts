import { joined } from "../data/bytes.js";
import { crc32 } from "../data/numpy/crc32.js";
import { damaged } from "./damaged.js";

const blockBytes = 32_768;
const headBytes = 7;
/** The position of a fragment in its record. */
const kinds = { none: 0, full: 1, first: 2, middle: 3, last: 4 } as const;

/**
 * The records of a log in LevelDB's format (doc/log_format.md there), with W&B's checksum: plain CRC-32 over the type and the bytes.
 * Blocks are of 32 KiB, counted from the beginning of the file, whose first `from` bytes are a header. A fragment is checksum (4 bytes),
 * length (2), type (1), bytes. An incomplete record at the end is left out: it is being written, or its writer was killed.
 * Throws `data/damaged`.
 */
export function* logRecords(bytes: Uint8Array, from: number, file: string): Generator<Uint8Array> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let parts: Uint8Array[] = [];
	for (let at = from; at + headBytes <= bytes.length; ) {
		const left = blockBytes - (at % blockBytes);
		if (left < headBytes) {
			at += left;
			continue;
		}
		const length = view.getUint16(at + 4, true);
		const kind = bytes[at + 6];
		if (kind === kinds.none && length === 0) {
			at += left; // a block whose rest was never written
			continue;
		}
		const begin = at + headBytes;
		if (length > left - headBytes) throw damaged(file, `the record at byte ${at} is longer than its block`);
		if (begin + length > bytes.length) return;
		if (crc32(bytes.subarray(at + 6, begin + length)) !== view.getUint32(at, true))
			throw damaged(file, `the record at byte ${at} has another checksum than it should`);
		const begins = kind === kinds.full || kind === kinds.first;
		if (kind > kinds.last || begins !== (parts.length === 0)) throw damaged(file, `the record at byte ${at} is out of order`);
		parts.push(bytes.subarray(begin, begin + length));
		if (kind === kinds.full || kind === kinds.last) {
			yield parts.length === 1
				? parts[0]
				: joined(
						parts,
						parts.reduce((sum, part) => sum + part.length, 0),
					);
			parts = [];
		}
		at = begin + length;
	}
}
