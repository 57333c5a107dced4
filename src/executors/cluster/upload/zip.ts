import { deflateRawSync } from "node:zlib";
import { writeZip } from "../../../data/numpy/write-zip.js";

export interface ZipEntry {
	/** Relative, with slashes. */
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly isExecutable: boolean;
}

/** A zip archive of files, in memory: the same files make the same archive. */
export const zipped = (entries: readonly ZipEntry[]): Buffer =>
	Buffer.from(
		writeZip(
			entries.map(({ name, bytes, isExecutable }) => ({
				name,
				content: bytes,
				deflated: deflateRawSync(bytes),
				mode: 0o100600 | (isExecutable ? 0o100 : 0),
			})),
		).buffer,
	);
