import { maskedCrc } from "./tfrecord.js";

/** One record of a TFRecord file: its length, the length's checksum, its bytes, and theirs. */
export function tfRecordOf(content: Uint8Array): Uint8Array {
	const record = new Uint8Array(content.length + 16);
	const view = new DataView(record.buffer);
	view.setUint32(0, content.length, true);
	view.setUint32(8, maskedCrc(record.subarray(0, 8)), true);
	record.set(content, 12);
	view.setUint32(12 + content.length, maskedCrc(content), true);
	return record;
}
