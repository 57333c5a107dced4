/**
 * A separate process that reads a Parquet file: `node child.js FILE`. The library trusts the sizes that a file states for its parts,
 * so this process may use up its memory and die.
 */
import { readFileSync } from "node:fs";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { snappyUncompress } from "hyparquet/src/snappy.js";
import { reading, say } from "../child/say.js";

const [file = ""] = process.argv.slice(2);

const mostTimes = 20;
const leastBytes = 64 * 2 ** 20;

await reading(async () => {
	const bytes = new Uint8Array(readFileSync(file));
	const most = leastBytes + mostTimes * bytes.length;
	const bounded = (length: number): number => {
		if (length > most) throw new Error(`a page says that it unpacks to ${length} bytes`);
		return length;
	};
	const metadata = parquetMetadata(bytes);
	const rows = Number(metadata.num_rows);
	// Nested columns can't hold a curve.
	const columns = parquetSchema(metadata).children.flatMap(({ element, children }) => (children.length === 0 ? [element.name] : []));
	if (!(rows >= 0 && rows * columns.length * 8 <= most)) throw new Error(`it says that it has ${rows} rows in ${bytes.length} bytes`);
	say({ columns });
	const buffer = { byteLength: bytes.length, slice: (from: number, to?: number) => bytes.slice(from, to).buffer };
	const compressors = {
		SNAPPY: (input: Uint8Array, length: number) => {
			const output = new Uint8Array(bounded(length));
			snappyUncompress(input, output);
			return output;
		},
		GZIP: (input: Uint8Array, length: number) => new Uint8Array(gunzipSync(input, { maxOutputLength: bounded(length) + 1 })),
		BROTLI: (input: Uint8Array, length: number) => new Uint8Array(brotliDecompressSync(input, { maxOutputLength: bounded(length) + 1 })),
	};
	let from = 0;
	for (const { num_rows } of metadata.row_groups) {
		const to = from + Number(num_rows);
		const group = await parquetReadObjects({ file: buffer, metadata, columns, rowStart: from, rowEnd: to, compressors });
		for (const row of group) say(columns.map((column) => textOf(row[column])));
		from = to;
	}
});

/** A value as text; times in seconds. */
function textOf(value: unknown): string {
	if (value === null || value === undefined) return "";
	if (value instanceof Date) return String(value.getTime() / 1000);
	return typeof value === "object" ? "" : String(value);
}
