import { existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { likeliest, numberIn, type Role, roleOf, type ScriptArguments } from "./script-arguments.js";

/** A file of settings that a command names, whose settings may be written for each trial. */
export interface ConfigFile {
	/** Its name in the trial's folder. */
	readonly name: string;
	readonly text: string;
	/** What the command's word says before the path, such as `--config=`. */
	readonly before: string;
	/** Place of its word in the command. */
	readonly at: number;
	/** The settings in it, written as in the file. */
	readonly settings: ScriptArguments;
}

const largestBytes = 2 ** 17;

/** A setting in YAML, TOML or JSON: its name with what leads to the value, and a number. */
const setting = /((?:^|[{,])[ \t]*(?:- )?(["']?)([A-Za-z_][\w.-]*)\2[ \t]*[:=][ \t]*)(-?[\d.][\w.+-]*)(?=[ \t]*(?:[,}#\r\n]|$))/gm;

/** The first file of settings among the command's words that has a batch size or a learning rate; null where there is none. */
export function configIn(command: readonly string[]): ConfigFile | null {
	for (const [at, word] of command.entries()) {
		const path = word.slice(word.indexOf("=") + 1);
		if (!/\.(?:ya?ml|json|toml)$/.test(path) || !existsSync(path) || statSync(path).size > largestBytes) continue;
		const text = readFileSync(path, "utf8");
		const settings = likeliest([...text.matchAll(setting)].map(([, , , name, value]) => ({ written: name, value: numberIn(value) })));
		if (settings.batchSize ?? settings.learningRate)
			return { name: basename(path), text, before: word.slice(0, word.length - path.length), at, settings };
	}
	return null;
}

/**
 * The file's text with these in place of the values of what is tried: each where its name comes first. Its own words in braces stay what
 * they are.
 */
export function template({ text, settings }: ConfigFile, places: Readonly<Partial<Record<Role, string>>>): string {
	const open = new Map(
		Object.entries(places).flatMap(([role, place]) => {
			const written = settings[role as Role]?.written;
			return written === undefined ? [] : [[written, place] as const];
		}),
	);
	return text.replace(/\{(\w+)\}/g, "{{$1}}").replace(setting, (whole, before: string, _quote: string, name: string) => {
		const place = roleOf(name) === null ? undefined : open.get(name);
		open.delete(name);
		return place === undefined ? whole : `${before}${place}`;
	});
}
