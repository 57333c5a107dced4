import type { StoredStudy } from "../../study/contracts.js";
import { isUntimed } from "../../study/study.js";
import { formatCount, formatSeconds, none } from "../../words/numbers.js";
import { type Column, fitting, tableLines } from "./table.js";
import { colorsOf, type Terminal } from "./terminal.js";
import { cut, oneLine } from "./text.js";

/** The studies of a store, a line each, in the order given. */
export function renderStudies(terminal: Pick<Terminal, "width" | "color">, studies: readonly StoredStudy[]): string {
	const column = (title: string, align: Column["align"], of: (study: StoredStudy) => string): Column => ({
		title,
		align,
		cells: studies.map(of),
	});
	const id = column("id", "left", (study) => study.id);
	const state = column("state", "left", (study) => study.state);
	const trials = column("trials", "right", (study) => formatCount(study.trials));
	const spent = column("time", "right", (study) => (isUntimed(study) ? none : formatSeconds(study.seconds)));
	const created = column("created (UTC)", "left", (study) => study.created.slice(0, 16).replace("T", " "));
	const name = (longest: number) => column("name", "left", ({ study }) => cut(oneLine(study.name), longest));
	const [titles, ...rows] = tableLines(
		fitting(
			[
				[id, name(40), state, trials, spent, created],
				[id, name(20), state, trials, spent],
				[id, name(20), state, trials],
				[id, state, trials],
			],
			terminal.width,
		),
	);
	return `${[colorsOf(terminal).dim(titles), ...rows].join("\n")}\n`;
}
