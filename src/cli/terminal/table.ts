import { padEnd, padStart, widthOf } from "./text.js";

export interface Column {
	readonly title: string;
	/** Numbers to the right, words to the left. */
	readonly align: "left" | "right";
	/** One cell a row. */
	readonly cells: readonly string[];
}

const gap = "  ";

/** Aligned lines, the titles first, without trailing spaces. */
export function tableLines(columns: readonly Column[]): string[] {
	const widths = columns.map(columnWidth);
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, i) => (columns[i].align === "right" ? padStart(cell, widths[i]) : padEnd(cell, widths[i])))
			.join(gap)
			.trimEnd();
	const rows = columns[0]?.cells.map((_, row) => line(columns.map(({ cells }) => cells[row]))) ?? [];
	return [line(columns.map(({ title }) => title)), ...rows];
}

const columnWidth = ({ title, cells }: Column): number => Math.max(widthOf(title), ...cells.map(widthOf));

const tableWidth = (columns: readonly Column[]): number =>
	columns.reduce((width, column) => width + columnWidth(column), gap.length * (columns.length - 1));

/** The first of the variants that fits, else the last, which should be the narrowest. */
export const fitting = (variants: readonly (readonly Column[])[], width: number): readonly Column[] =>
	variants.find((columns) => tableWidth(columns) <= width) ?? variants[variants.length - 1];
