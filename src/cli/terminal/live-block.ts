import { safeText } from "./safe-text.js";
import type { Terminal } from "./terminal.js";
import { widthOf } from "./text.js";

/** Milliseconds between two drawings. */
const redrawMilliseconds = 100;

/** A block of lines that is drawn over and over in the same place. */
export interface LiveBlock {
	/** Draws what `lines` returns, now or within a tenth of a second; of several calls in between, the last one counts. */
	draw(lines: () => readonly string[]): void;
	/** Writes lines that stay, above the block. */
	above(lines: readonly string[]): void;
	/** Takes the block away, for good or until the next `draw`. */
	clear(): void;
}

/**
 * A live block at the cursor of an interactive terminal. What is longer than the window is left out at the end: it couldn't be drawn over.
 */
export function liveBlock(terminal: Terminal): LiveBlock {
	let shown: readonly string[] = [];
	let last = Number.NEGATIVE_INFINITY;
	let wanted: (() => readonly string[]) | null = null;
	let timer: NodeJS.Timeout | null = null;

	const toTop = () => {
		// A window made narrower has broken the lines shown into several.
		const rows = shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / terminal.width)), 0);
		return rows === 0 ? "\r" : `\x1b[${rows}A\r`;
	};
	const paint = () => {
		timer = null;
		if (wanted === null) return;
		const lines = wanted().slice(0, terminal.height - 1);
		wanted = null;
		last = performance.now();
		// Line by line over the old text and only then erasing what is left of it: erasing first would flicker.
		terminal.stream.write(`${toTop()}${lines.map((line) => `${safeText(line)}\x1b[K\n`).join("")}\x1b[J`);
		shown = lines;
	};
	return {
		above(lines) {
			terminal.stream.write(`${toTop()}\x1b[J${[...lines, ...shown].map((line) => `${line}\n`).join("")}`);
		},
		draw(lines) {
			wanted = lines;
			if (timer !== null) return;
			const wait = last + redrawMilliseconds - performance.now();
			if (wait <= 0) paint();
			else timer = setTimeout(paint, wait).unref();
		},
		clear() {
			if (timer !== null) clearTimeout(timer);
			timer = null;
			wanted = null;
			if (shown.length > 0) terminal.stream.write(`${toTop()}\x1b[J`);
			shown = [];
		},
	};
}
