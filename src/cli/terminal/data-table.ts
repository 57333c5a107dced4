import type { Listed } from "../../data/source-kind.js";
import { type Column, fitting, tableLines } from "./table.js";
import { colorsOf, type Terminal } from "./terminal.js";
import { wrap } from "./text.js";

/** A data source, and whether it can be used as things are. */
export interface Offer extends Listed {
	/** "depends": on the user's own files. */
	readonly state: "here" | "missing" | "depends";
	/** How a missing one is had. */
	readonly get: string | null;
}

const origins: Readonly<Record<Offer["kind"], string>> = {
	shipped: "shipped",
	installed: "installed",
	kept: "your copy",
	made: "generated",
	oracle: "oracle",
	yours: "your own",
};

/** The data sources, a line each, and below them how those that are missing are had. */
export function renderData(terminal: Pick<Terminal, "width" | "color">, offers: readonly Offer[]): string {
	const { dim, bold } = colorsOf(terminal);
	const column = (title: string, of: (offer: Offer) => string): Column => ({ title, align: "left", cells: offers.map(of) });
	const name = column("data:", ({ data }) => data);
	const from = column("from", ({ kind, state }) => (state === "missing" ? "missing" : origins[kind]));
	const what = column("what", (offer) => offer.what);
	const [titles, ...rows] = tableLines(
		fitting(
			[
				[name, from, what],
				[name, from],
			],
			terminal.width,
		),
	);
	const missing = offers.flatMap(({ data, get }) => (get === null ? [] : [`${bold(data)} is not here. To have it: ${get}`]));
	const words = [...missing, "All with their keys: docs/study.md."].flatMap((sentence) => wrap(sentence, terminal.width));
	return `${[dim(titles), ...rows, "", ...words].join("\n")}\n`;
}
