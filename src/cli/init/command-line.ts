import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { SweetspotError } from "../../core/errors.js";
import { interpreterOf } from "../interpreters.js";

/** The program and its arguments: a bare file gets the interpreter of its ending. */
export function withInterpreter(words: readonly string[]): readonly string[] {
	const [first = ""] = words;
	const interpreter = interpreterOf(first);
	return interpreter !== undefined && existsSync(first) && !isExecutable(first) ? [interpreter, ...words] : words;
}

const isExecutable = (file: string): boolean => file.includes("/") && (statSync(file).mode & 0o111) !== 0;

/** Typing errors of a name that is meant to be another one's. */
const likeness = 2;

/**
 * Throws `init/no-script` where the first word that looks like a script by its ending is no file: what follows it may be files that it
 * writes.
 */
export function requireScript(command: readonly string[]): void {
	const script = command.find((word) => interpreterOf(word) !== undefined && !/\s/.test(word));
	if (script === undefined || existsSync(script)) return;
	const folder = dirname(script);
	const others = existsSync(folder) ? readdirSync(folder).filter((name) => extname(name) === extname(script)) : [];
	const nearest = others.length > 0 ? closest(basename(script), others) : null;
	const meant = nearest !== null && distance(nearest, basename(script)) <= likeness ? nearest : null;
	throw new SweetspotError(
		"init/no-script",
		script,
		meant === null ? "check the path: it is looked for from this folder" : `did you mean ${join(folder, meant)}?`,
	);
}
