import { numberOf, type Table } from "../../data/csv/reader.js";
import { Curves, keepAll } from "../curves.js";
import { damaged } from "../damaged.js";
import type { TrackedRun } from "../run.js";
import { notFinite } from "./one-run.js";

/** Names of the column that a chart is drawn against. */
const axes = ["Step", "_step", "trainer/global_step", "train/global_step", "global_step", "step", "epoch", "Relative Time (Process)"];

/** Whether it is a chart that W&B exported: a step, then `RUN - METRIC` with its smallest and largest value. */
export const isWandbChart = (columns: readonly string[]): boolean =>
	axes.includes(columns[0]) && columns.some((column) => / - .+__MIN$/.test(column));

/** The runs of such a chart. It has no configuration: that is in the runs' names, if anywhere. Throws `data/damaged`. */
export function readWandbChart(table: Table): TrackedRun[] {
	const columns = table.columns.flatMap((title, at) => {
		const [, name, metric] = /^(.+) - (.+)$/.exec(title) ?? [];
		return name === undefined || metric.endsWith("__MIN") || metric.endsWith("__MAX") ? [] : [{ at, name, metric }];
	});
	const axis = table.columns[0] === "epoch" ? "epochs" : table.columns[0] === "trainer/global_step" ? "updates from 0" : "calls";
	const runs = new Map(columns.map(({ name }) => [name, new Curves(keepAll)]));
	for (const { fields, line } of table.rows) {
		const at = numberOf(fields[0]);
		if (at === undefined) throw damaged(table.name, `line ${line}: ${table.columns[0]} is "${fields[0]}", expected a number`);
		for (const { at: place, name, metric } of columns) {
			const value = numberOf(fields[place]) ?? notFinite(fields[place]);
			if (value !== undefined) runs.get(name)?.add(metric, axis, at, value);
		}
	}
	return [...runs].map(([name, curves]) => ({ name, group: null, config: new Map(), curves: curves.done(), state: "unknown" }));
}
