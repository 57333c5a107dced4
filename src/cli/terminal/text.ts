import { stripVTControlCharacters } from "node:util";

const graphemes = new Intl.Segmenter();
/** What takes two columns: East Asian scripts, their punctuation and full-width forms, and emoji shown as pictures. */
const wide =
	/^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]|\p{Extended_Pictographic}\ufe0f)/u;
const invisible = /^[\p{Mark}\p{Control}\p{Format}]+$/u;

/** The columns that a text takes on a terminal; colours take none. */
export function widthOf(text: string): number {
	let width = 0;
	for (const { segment } of graphemes.segment(stripVTControlCharacters(text))) width += columnsOf(segment);
	return width;
}

const columnsOf = (grapheme: string): number => (invisible.test(grapheme) ? 0 : wide.test(grapheme) ? 2 : 1);

export const padEnd = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));
export const padStart = (text: string, width: number): string => " ".repeat(Math.max(0, width - widthOf(text))) + text;

/** A text without colours cut to `width` columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	let kept = "";
	let left = width - 1;
	for (const { segment } of graphemes.segment(text)) {
		left -= columnsOf(segment);
		if (left < 0) break;
		kept += segment;
	}
	return `${kept}…`;
}

/** A text of the user's on one line, without control characters, which could move the cursor or end the line. */
export const oneLine = (text: string): string =>
	stripVTControlCharacters(text)
		.replace(/[\p{Control}\s]+/gu, " ")
		.trim();

/**
 * Lines of at most `width` columns, broken at spaces but never between a number and what belongs to it (`25 %`, `4.1 ms`, `[165–200]`); the
 * second and later ones start with `indent` spaces. A word longer than a line has one to itself.
 */
export const wrap = (text: string, width: number, indent = 0): string[] =>
	filled(text.split(/ (?!%|\[|(?:ns|µs|ms|s|min|h)\b)/), width, " ", indent);

/** As many items on each line of `width` columns as fit, `gap` between them; the second and later lines start with `indent` spaces. */
export function filled(items: readonly string[], width: number, gap: string, indent = 0): string[] {
	const lines: string[] = [];
	for (const item of items) {
		const extended = lines.length === 0 ? null : `${lines[lines.length - 1]}${gap}${item}`;
		if (extended !== null && widthOf(extended) <= width) lines[lines.length - 1] = extended;
		else lines.push(" ".repeat(lines.length === 0 ? 0 : indent) + item);
	}
	return lines;
}
