import type { TextColumn, TextTable } from "../words/text-table.js";
import { html, type Markup } from "./markup.js";
import { prose } from "./prose.js";

interface TableLook {
	/** For those who can't see it. */
	readonly label: string;
	readonly className?: string;
	/** The colour of a batch size, drawn in front of the row about it. */
	readonly color?: (batchSize: number) => string;
}

const classOf = { figure: "n", name: "", note: "wrap" } as const satisfies Readonly<Record<TextColumn["kind"], string>>;

/** A table of texts, which scrolls by itself where the page is too narrow for it. */
export function tableOf({ columns, rows }: TextTable, { label, className, color }: TableLook): Markup {
	const swatch = (batchSize: number | null, place: number) =>
		color && batchSize !== null && place === 0 ? html`<span class="swatch" style="background:${color(batchSize)}"></span>` : null;
	return html`<div class="${className ? `scroll ${className}` : "scroll"}" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${columns.map(({ title, kind }) => html`<th scope="col" class="${classOf[kind]}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
		({ cells, chosen, batchSize }) =>
			html`<tr class="${chosen ? "chosen" : ""}">${cells.map(
				(cell, i) => html`<td class="${classOf[columns[i].kind]}">${swatch(batchSize, i)}${prose(cell)}</td>`,
			)}</tr>`,
	)}</tbody></table></div>`;
}
