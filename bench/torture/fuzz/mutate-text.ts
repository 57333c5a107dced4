import type { Rng } from "../../../src/core/rng.js";
import { oddNumber, oddText, oneOf } from "./odd.js";

/** Replaces one match of a pattern, if there is any. */
function replaceOne(rng: Rng, text: string, pattern: RegExp, by: (found: string) => string): string {
	const matches = [...text.matchAll(pattern)];
	if (matches.length === 0) return text;
	const { index, 0: found } = oneOf(rng, matches);
	return text.slice(0, index) + by(found) + text.slice(index + found.length);
}

function withLines(text: string, change: (lines: string[]) => void): string {
	const lines = text.split("\n");
	change(lines);
	return lines.join("\n");
}

/** Changes made to a text as a person's slip, or a file that was cut short, may make them. */
const changes: readonly ((rng: Rng, text: string) => string)[] = [
	(rng, text) => replaceOne(rng, text, /-?\d+(?:\.\d+)?/g, () => String(oddNumber(rng))),
	(rng, text) => replaceOne(rng, text, /[\p{L}.]+/gu, () => oddText(rng)),
	(rng, text) =>
		replaceOne(rng, text, /[^\s\w]/g, () => oneOf(rng, ["", ":", ",", "{", "}", "[", "]", '"', "'", "&a ", "*a", "!", "|", ">", "\0"])),
	(rng, text) => withLines(text, (lines) => lines.splice(rng.below(lines.length), 1)),
	(rng, text) => withLines(text, (lines) => lines.splice(rng.below(lines.length), 0, oneOf(rng, lines))),
	(rng, text) => withLines(text, (lines) => lines.splice(rng.below(lines.length), 0, oddText(rng))),
	(rng, text) =>
		withLines(text, (lines) => {
			const at = rng.below(lines.length);
			lines[at] = `${oneOf(rng, [" ", "  ", "\t", "- "])}${lines[at]}`;
		}),
	(rng, text) => text.slice(0, rng.below(text.length + 1)),
	(rng, text) => {
		const at = rng.below(text.length + 1);
		return text.slice(0, at) + oddText(rng) + text.slice(at);
	},
	(rng, text) => {
		const at = rng.below(text.length + 1);
		return text.slice(0, at) + text.slice(at + 1 + rng.below(20));
	},
	(_, text) => text.replaceAll("\n", "\r\n"),
	(_, text) => `\ufeff${text}`,
];

/** A text with one to four such changes. */
export function mutatedText(rng: Rng, text: string): string {
	let changed = text;
	for (let left = rng.below(2) === 0 ? 1 : 1 + rng.below(4); left > 0; left--) changed = oneOf(rng, changes)(rng, changed);
	return changed;
}
