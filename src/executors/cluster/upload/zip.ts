import { deflateRawSync } from "node:zlib";
import { crc32 } from "../../../data/numpy/crc32.js";

export interface ZipEntry {
	/** Relative, with slashes. */
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly isExecutable: boolean;
}

const dosDate = 0x0021; // 1 January 1980: the same files make the same archive

/** A zip archive of files, in memory. */
export function zipped(entries: readonly ZipEntry[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, bytes, isExecutable } of entries) {
		const path = Buffer.from(name);
		const packed = deflateRawSync(bytes);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0); // version that unpacks it
		common.writeUInt16LE(0x0800, 2); // names are UTF-8
		common.writeUInt16LE(8, 4); // deflate
		common.writeUInt16LE(0, 6);
		common.writeUInt16LE(dosDate, 8);
		common.writeUInt32LE(crc32(bytes), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(bytes.length, 18);
		common.writeUInt16LE(path.length, 22);
		parts.push(Buffer.from("PK\x03\x04", "latin1"), common, path, packed);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(((0o100600 | (isExecutable ? 0o100 : 0)) * 0x10000) >>> 0, 6);
		rest.writeUInt32LE(offset, 10);
		directory.push(Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, rest, path);
		offset += 4 + common.length + path.length + packed.length;
	}
	const size = directory.reduce((sum, { length }) => sum + length, 0);
	const end = Buffer.alloc(22);
	end.write("PK\x05\x06", "latin1");
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, ...directory, end]);
}
