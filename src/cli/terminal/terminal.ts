import picocolors from "picocolors";

/** Where text for people goes, and what it can show. */
export interface Terminal {
	readonly stream: NodeJS.WritableStream;
	/** Columns; read anew for every line, since a window can be resized. */
	readonly width: number;
	/** Lines of the window; infinite where there is none. */
	readonly height: number;
	readonly color: boolean;
	/** Somebody is watching: text may be drawn over. */
	readonly interactive: boolean;
}

/** Where no terminal says how wide it is. */
const defaultWidth = 100;

/**
 * What a stream can show: colour on a terminal (never with `NO_COLOR`, always with `FORCE_COLOR`), redrawing on a terminal outside of `CI`.
 * The width is the window's, else `COLUMNS`, else 100.
 */
export function terminalOf(stream: NodeJS.WritableStream, environment: NodeJS.ProcessEnv): Terminal {
	const window = stream as NodeJS.WritableStream & Partial<Pick<NodeJS.WriteStream, "isTTY" | "columns" | "rows">>;
	const capable = window.isTTY === true && environment.TERM !== "dumb";
	return {
		stream,
		get width() {
			return window.columns || Number(environment.COLUMNS) || defaultWidth;
		},
		get height() {
			return window.rows || Number.POSITIVE_INFINITY;
		},
		color: !environment.NO_COLOR && (capable || Boolean(environment.FORCE_COLOR)),
		interactive: capable && !environment.CI,
	};
}

/** Functions that colour a text, or leave it as it is. */
export type Colors = Pick<ReturnType<typeof picocolors.createColors>, "bold" | "dim" | "cyan" | "yellow">;

export const colorsOf = ({ color }: Pick<Terminal, "color">): Colors => picocolors.createColors(color);
