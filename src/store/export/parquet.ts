import { parquetWriteBuffer } from "hyparquet-writer";
import type { FinishedTrial } from "../../core/trial.js";
import { exportTable } from "./table.js";

/** The trials as a Parquet file: the same table as `csvLines`, whole numbers as INT64, the others as DOUBLE, compressed with Snappy. */
export function parquetBytes(trials: readonly FinishedTrial[]): Uint8Array {
	const { columns, rows } = exportTable(trials);
	const data: (string | number | bigint | null)[][] = columns.map(() => []);
	for (const row of rows)
		for (const [i, { holds }] of columns.entries()) {
			const value = row[i];
			data[i].push(value === undefined ? null : holds === "whole numbers" ? BigInt(value) : value);
		}
	const types = { words: "STRING", "whole numbers": "INT64", numbers: "DOUBLE" } as const;
	const columnData = columns.map(({ title, holds }, i) => ({ name: title, data: data[i], type: types[holds], nullable: true }));
	return new Uint8Array(parquetWriteBuffer({ columnData }));
}
