import type { TextTable } from "../../words/text-table.js";
import { fitting, tableLines } from "./table.js";
import type { Colors } from "./terminal.js";

/**
 * How trainings of a planned length ended: a line for each batch size, the chosen one marked. In a narrow terminal the shortest lengths are
 * left out.
 */
export function horizonLines({ columns, rows }: TextTable, width: number, { bold, cyan, dim }: Colors, isLength: boolean): string[] {
	const mark = { title: "", align: "left" as const, cells: rows.map(({ chosen }) => (chosen ? "▸" : "")) };
	const all = columns.map(({ title }, i) => ({
		title: title.replace(" of the length", ""),
		align: "right" as const,
		cells: rows.map(({ cells }) => cells[i]),
	}));
	const legend = isLength
		? "the least length whose end meets the goal; [ ] 95 % interval"
		: "the goal’s metric at the end of a training with its whole schedule; [ ] 95 % interval";
	const variants = isLength
		? all.slice(1).map((_, dropped) => [mark, ...all.slice(0, all.length - dropped)])
		: all.slice(1).map((_, dropped) => [mark, all[0], ...all.slice(1 + dropped)]);
	const [titles, ...lines] = tableLines(fitting(variants, width));
	const emphasised = lines.map((line, i) => (rows[i].chosen ? bold(cyan(line)) : line));
	return [dim(titles), ...emphasised, dim(legend)];
}
