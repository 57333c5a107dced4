import { plainName } from "../../core/metric-names.js";
import { numberOf, type Table } from "../../data/csv/reader.js";
import { Curves, type Keep } from "../curves.js";
import { damaged } from "../damaged.js";
import type { Axis, ConfigValue, TrackedRun } from "../run.js";

/** How the table of one run counts, by the first of these columns that it has. */
const clocks: readonly { readonly column: string; readonly axis: Axis; readonly by: string }[] = [
	{ column: "trainer/global_step", axis: "updates from 0", by: "W&B" },
	{ column: "global_step", axis: "updates", by: "W&B" },
	{ column: "_step", axis: "calls", by: "W&B" },
	{ column: "step", axis: "updates from 0", by: "Lightning" },
	{ column: "epoch", axis: "epochs from 0", by: "Keras" },
];

/** Metrics without a set in their name: Keras' CSVLogger measures these while training. */
const bare: ReadonlySet<string> = new Set(["loss", "accuracy", "acc"]);

/** Whether it is the table of a single run: it counts steps or epochs, and has no batch size. */
export const isOneRun = (columns: readonly string[]): boolean =>
	clocks.some(({ column }) => columns.includes(column)) &&
	!columns.some((column) => ["batchsize", "batch", "bs"].includes(plainName(column)));

/**
 * The run in a table of its own: Lightning's CSVLogger (`metrics.csv`; rows of training and validation apart, `step` is the index of the
 * last batch), Keras' CSVLogger (epochs from 0), a history that W&B exported. Throws `data/damaged`.
 */
export function readOneRun(table: Table, name: string, config: ReadonlyMap<string, ConfigValue>, keep: Keep): TrackedRun {
	const clock = clocks.find(({ column }) => table.columns.includes(column));
	if (clock === undefined) throw damaged(table.name, "it has no column that counts steps or epochs");
	const place = table.columns.indexOf(clock.column);
	const time = table.columns.findIndex((column) => column === "_timestamp" || column === "_runtime");
	const curves = new Curves(keep);
	for (const { fields, line } of table.rows) {
		if (fields[place] === "") continue;
		const at = numberOf(fields[place]);
		if (at === undefined) throw damaged(table.name, `line ${line}: ${clock.column} is "${fields[place]}", expected a number`);
		for (const [column, title] of table.columns.entries()) {
			if (column === place || fields[column] === "") continue;
			const value = numberOf(fields[column]) ?? notFinite(fields[column]);
			const metric = clock.by === "Keras" && bare.has(title) ? `train/${title}` : title;
			if (value !== undefined) curves.add(metric, clock.axis, at, value, numberOf(fields[time] ?? "") ?? Number.NaN);
		}
	}
	return { name, group: null, config, curves: curves.done(), state: "unknown" };
}

/** NaN or ±∞ as Python and pandas write them; undefined for any other text. */
export function notFinite(text: string): number | undefined {
	if (/^[+-]?nan$/i.test(text)) return Number.NaN;
	const word = /^([+-]?)inf(?:inity)?$/i.exec(text);
	return word ? (word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : undefined;
}
