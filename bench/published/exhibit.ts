import type { Line } from "./line.js";

/** One source: the name of its section on the page, and the lines there. */
export interface Exhibit {
	readonly name: "brownlee" | "mccandlish" | "shallue" | "masters-luschi" | "keskar-hoffer" | "shen";
	/** What was run, in a sentence. */
	readonly setting: string;
	readonly lines: readonly Line[];
}
