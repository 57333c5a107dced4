import type { TextTable } from "../words/text-table.js";

/** A text on one line in which nothing is markup: a study's name is its author's. Brackets and indices that are no markup stay readable. */
export const inline = (text: string): string =>
	text.replace(/\s+/g, " ").replace(/[\\`*<>|#]|\](?=[([])|(?<=^\s*\[[^\]]*)\](?=:)|(?<!\w)_|_(?!\w)/g, "\\$&");

/** A fence longer than any run of backticks within. */
export function fenced(text: string, language: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

export const tableOf = ({ columns, rows }: TextTable): string =>
	table(
		columns.map(({ title }) => title),
		rows.map(({ cells }) => cells),
	);

export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map(inline).join(" | ")} |`;
	return [line(titles), `|${titles.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}
