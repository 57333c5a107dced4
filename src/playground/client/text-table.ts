import type { TextTable } from "../../words/text-table.js";
import { element } from "./dom.js";

const classes = { figure: "n", name: "", note: "wrap" } as const;

/** A table of texts, which scrolls by itself where the page is too narrow for it. */
export const textTable = ({ columns, rows }: TextTable): HTMLElement =>
	element(
		"div",
		{ class: "scroll", tabindex: 0, role: "region", "aria-label": "Steps and examples of every batch size" },
		element(
			"table",
			{},
			element(
				"thead",
				{},
				element("tr", {}, ...columns.map(({ title, kind }) => element("th", { scope: "col", class: classes[kind] }, title))),
			),
			element(
				"tbody",
				{},
				...rows.map(({ cells, chosen }) =>
					element(
						"tr",
						{ class: chosen ? "chosen" : "" },
						...cells.map((cell, i) => element("td", { class: classes[columns[i].kind] }, cell)),
					),
				),
			),
		),
	);
