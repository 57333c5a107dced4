import type { FinishedTrial } from "../../core/trial.js";
import { exportTable } from "./table.js";

/** The trials as a table (RFC 4180), a line at a time. Numbers are the shortest that read back the same bits. */
export function* csvLines(trials: readonly FinishedTrial[]): Generator<string> {
	const { columns, rows } = exportTable(trials);
	yield `${columns.map(({ title }) => title).join(",")}\r\n`;
	for (const row of rows) yield `${row.map(cellText).join(",")}\r\n`;
}

/** The sign of −0 is kept, which `String` drops. */
const cellText = (value: string | number | undefined): string => (value === undefined ? "" : Object.is(value, -0) ? "-0" : String(value));
