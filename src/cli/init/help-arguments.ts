import { type Argument, likeliest, numberIn, type ScriptArguments } from "./script-arguments.js";

/** Long flags, and single-dash ones such as Go's `-lr`, at the beginning of a word. */
const flag = /(?<![\w-])--?[A-Za-z][\w.-]*/g;

/** `(default: 64)`, `[default: 64]`, `default=64`, `(default 64)` as Go has it. */
const usual = /\bdefaults?(?:\s+(?:is|to|value))?\s*[:=]?\s*([-+]?[\d.][\w.+-]*)/i;

/** So far behind a flag its default is looked for, in characters: argparse wraps long helps. */
const reachCharacters = 400;

/** Finds the arguments in what `--help` prints, with their defaults where it has them. */
export function argumentsInHelp(help: string): ScriptArguments {
	const seen = [...help.matchAll(flag)];
	const found = new Map<string, Argument>();
	for (const [i, match] of seen.entries()) {
		const written = match[0].replace(/[.]+$/, "");
		const from = match.index + match[0].length;
		// The flags of the next line, not one that its own text mentions.
		const next = seen.slice(i + 1).find(({ index }) => /\n[ \t]*(?:-\w(?: \w+)?, *)?$/.test(help.slice(from, index)));
		const [, text] = usual.exec(help.slice(from, Math.min(from + reachCharacters, next?.index ?? help.length))) ?? [];
		const value = text === undefined ? null : numberIn(text.replace(/[.)]+$/, ""));
		const known = found.get(written);
		// A usage line names flags as well, without their defaults.
		if (known === undefined || known.value === null) found.set(written, { written, value });
	}
	return likeliest([...found.values()]);
}
