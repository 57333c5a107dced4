import { crcBy } from "../data/crc.js";
import { damaged } from "./damaged.js";

const crc32c = crcBy(0x82f63b78);

/** TensorFlow's masked CRC-32C: rotated and shifted, so that checksums over data with checksums stay sound. */
export function maskedCrc(bytes: Uint8Array): number {
	const crc = crc32c(bytes);
	return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

const headBytes = 12;
const tailBytes = 4;

/** How much of its file a record takes. */
export const recordBytes = (record: Uint8Array): number => headBytes + record.length + tailBytes;

/**
 * The records of a TFRecord file: for each its length (uint64, little-endian), the length's checksum, its bytes, and theirs. An
 * incomplete last record is left out: it is being written, or its writer was killed. `begin`: where in the file the bytes stand. Throws
 * `data/damaged` if a checksum is wrong.
 */
export function* tfRecords(bytes: Uint8Array, file: string, begin = 0): Generator<Uint8Array> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at + headBytes <= bytes.length; ) {
		if (maskedCrc(bytes.subarray(at, at + 8)) !== view.getUint32(at + 8, true))
			throw damaged(file, `the length of the record at byte ${begin + at} has another checksum than it should`);
		const length = view.getUint32(at, true) + 2 ** 32 * view.getUint32(at + 4, true);
		const from = at + headBytes;
		if (length + tailBytes > bytes.length - from) return;
		const record = bytes.subarray(from, from + length);
		if (maskedCrc(record) !== view.getUint32(from + length, true))
			throw damaged(file, `the record at byte ${begin + at} has another checksum than it should`);
		yield record;
		at = from + length + tailBytes;
	}
}
