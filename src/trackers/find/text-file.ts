import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { notText, type Parts } from "../../data/csv/reader.js";
import { beginningOf } from "./beginning.js";

/** Bytes that are read at a time. */
const partBytes = 2 ** 16;

/** Beginnings of what is no table: JSON, Parquet, W&B's logs, gzip. */
const otherBeginnings = ["{", "PAR1", ":W&B", "\u001f\u008b"];

/** Whether a file may be a table as plain text, which is read in parts, as it may be larger than memory. */
export async function isTextFile(path: string): Promise<boolean> {
	if (basename(path).includes("tfevents")) return false;
	const begin = Buffer.from(await beginningOf(path, partBytes)).toString("latin1");
	return begin !== "" && !begin.includes("\0") && !otherBeginnings.some((other) => begin.trimStart().startsWith(other));
}

/** A file's text in parts, read anew at every iteration. Throws `data/damaged` where it isn't UTF-8. */
export const textOf = (path: string, name: string): Parts => ({
	*[Symbol.iterator]() {
		const decoder = new TextDecoder("utf-8", { fatal: true });
		let bytes = 0;
		const decoded = (part?: Uint8Array): string => {
			try {
				return part ? decoder.decode(part, { stream: true }) : decoder.decode();
			} catch (cause) {
				throw notText(name, bytes, cause);
			}
		};
		for (const part of partsOf(path)) {
			bytes = part.fileBytes;
			yield decoded(part.bytes);
		}
		yield decoded();
	},
});

/** SHA-256 of a file's bytes, as 64 hexadecimal digits. */
export function sha256Of(path: string): string {
	const hash = createHash("sha256");
	for (const { bytes } of partsOf(path)) hash.update(bytes);
	return hash.digest("hex");
}

function* partsOf(path: string): Generator<{ readonly bytes: Uint8Array; readonly fileBytes: number }> {
	const file = openSync(path, "r");
	try {
		const fileBytes = fstatSync(file).size;
		const buffer = Buffer.alloc(partBytes);
		for (;;) {
			const length = readSync(file, buffer);
			if (length === 0) return;
			yield { bytes: buffer.subarray(0, length), fileBytes };
		}
	} finally {
		closeSync(file);
	}
}

/** The same rows, whose number is reported as they are read. */
export const counted = <Row>(rows: Iterable<Row>, onRows: (rows: number) => void): Iterable<Row> => ({
	*[Symbol.iterator]() {
		let since = 0;
		for (const row of rows) {
			yield row;
			if (++since < 10_000) continue;
			onRows(since);
			since = 0;
		}
		onRows(since);
	},
});
