/** Something that must not happen, and did. */
export interface Problem {
	/** What was done: enough to do it again with the campaign's seed. */
	readonly after: string;
	readonly found: string;
}

/** What a bug of ours looks like in what the program prints. */
const bugWords = /This is a bug in Sweetspot|internal: |^\s+at .*\.[cm]?[jt]s:\d+|node:internal|UnhandledPromise|Error \[ERR_|Fatal error/m;

/** The first lines of a bug in this text; null where there is none. */
export function bugIn(text: string): string | null {
	const at = bugWords.exec(text)?.index;
	return at === undefined ? null : text.slice(Math.max(0, at - 300), at + 500);
}
