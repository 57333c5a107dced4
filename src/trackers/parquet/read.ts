import type { Row, Table } from "../../data/csv/reader.js";
import { readInChild } from "../child/read-in-child.js";
import { damaged } from "../damaged.js";

const magic = [0x50, 0x41, 0x52, 0x31]; // PAR1

export const isParquet = (bytes: Uint8Array): boolean => magic.every((byte, at) => bytes[at] === byte);

/** A Parquet file as a table of texts; its rows count as lines 2 and on, as if there were a header. Throws `data/damaged`. */
export async function readParquet(path: string, file: string, bytes: number): Promise<Table> {
	let columns: readonly string[] = [];
	const rows: Row[] = [];
	await readInChild(new URL("./child.js", import.meta.url), [path], { file, bytes }, (said) => {
		if (Array.isArray(said)) rows.push({ line: rows.length + 2, fields: said as string[] });
		else columns = (said as { readonly columns: readonly string[] }).columns;
	});
	if (columns.length === 0) throw damaged(file, "it has no columns");
	return { name: file, columns, rows };
}
