import { readFileSync, writeFileSync } from "node:fs";

/** A column's head, and which way its cells are aligned. */
export type Column = readonly [head: string, align: "left" | "right"];

/** A Markdown table, padded so that it reads as one in the source too. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
	const widths = columns.map(([head], i) => Math.max(3, head.length, ...rows.map((row) => row[i].length)));
	const pad = (text: string, i: number) => (columns[i][1] === "left" ? text.padEnd(widths[i]) : text.padStart(widths[i]));
	const line = (cells: readonly string[]) => `| ${cells.map(pad).join(" | ")} |`;
	const rule = columns.map(([, align], i) => (align === "left" ? "-".repeat(widths[i]) : `${"-".repeat(widths[i] - 1)}:`));
	return [line(columns.map(([head]) => head)), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/**
 * Puts each text between the comments `<!-- name -->` and `<!-- /name -->` of a document, in place of what stands there. Throws where they
 * don't stand there once.
 */
export function writeSections(file: URL, sections: Readonly<Record<string, string>>): void {
	let text = readFileSync(file, "utf8");
	for (const [name, section] of Object.entries(sections)) {
		const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
		const parts = text.split(begin);
		const rest = parts[1]?.split(end);
		if (parts.length !== 2 || rest?.length !== 2) throw new Error(`${file.pathname} lacks ${begin} … ${end}, or has them twice`);
		text = `${parts[0]}${begin}\n\n${section}\n\n${end}${rest[1]}`;
	}
	writeFileSync(file, text);
}
