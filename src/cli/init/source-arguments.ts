import { type Argument, likeliest, numberIn, type ScriptArguments } from "./script-arguments.js";

/** A numeric expression in a script, up to what ends it. */
const expression = "(-?[\\d.][\\w.+*\\t -]*?)\\s*(?=[,)\\n#;}]|$)";

/** How many characters of a call are looked at, from its beginning. */
const reachCharacters = 600;

/** Finds the arguments that a script takes in its source, with their defaults: without running it. */
export function argumentsInSource(source: string): ScriptArguments {
	const text = source.replace(/^[ \t]*#.*$/gm, "");
	return likeliest([...declared(text), ...defined(text), ...assigned(text)]);
}

/** argparse's `add_argument("-b", "--batch-size", default=64)`, and click's `@click.option("--lr", default=0.1)`. */
function declared(text: string): readonly Argument[] {
	const calls = [...text.matchAll(/\b(?:add_argument|click\.option|option)\(\s*((?:["'][^"'\n]+["']\s*,?\s*)+)/g)];
	return calls.flatMap((call, i) => {
		const flags = [...call[1].matchAll(/["'](--?[A-Za-z][\w.-]*)["']/g)].map(([, name]) => name);
		const written = flags.find((name) => name.startsWith("--")) ?? flags[0];
		if (written === undefined) return [];
		const from = call.index + call[0].length;
		const rest = text.slice(from, Math.min(from + reachCharacters, calls[i + 1]?.index ?? text.length));
		return [{ written, value: firstNumber(new RegExp(`\\bdefault\\s*=\\s*${expression}`).exec(rest)) }];
	});
}

/** absl's `flags.DEFINE_integer("batch_size", 32, "…")`. */
const defined = (text: string): readonly Argument[] =>
	[...text.matchAll(new RegExp(`\\bDEFINE_(?:integer|float)\\(\\s*["'](\\w+)["']\\s*,\\s*${expression}`, "g"))].map(([, name, value]) => ({
		written: `--${name}`,
		value: numberIn(value),
	}));

/** Variables that the script lets its arguments overwrite: nanoGPT's `--name=value`, others' `name=value`. */
function assigned(text: string): readonly Argument[] {
	const prefix = overwriting(text);
	if (prefix === null) return [];
	const pattern = new RegExp(`(?:^|[{,(])[ \\t]*(?:["'](\\w+)["']\\s*:|(\\w+)\\s*(?::\\s*\\w+\\s*)?=)[ \\t]*${expression}`, "gm");
	return [...text.matchAll(pattern)].flatMap(([, key, variable, value]) => {
		const number = numberIn(value);
		return number === null ? [] : [{ written: `${prefix}${key ?? variable}=`, value: number }];
	});
}

/** What stands before a name whose value an argument sets; null where arguments aren't read so. */
function overwriting(text: string): "--" | "" | null {
	if (/configurator\.py/.test(text)) return "--";
	if (/OmegaConf\.from_(?:cli|dotlist)/.test(text)) return "";
	const splits = /\.(?:r?split|r?partition)\(\s*["']=["']/.test(text);
	if (!/\bsys\.argv|process\.argv/.test(text) || !splits) return null;
	return /startswith\(\s*["']--["']|lstrip\(\s*["']-+["']|removeprefix\(\s*["']--["']|\[2:\]/.test(text) ? "--" : "";
}

const firstNumber = (match: RegExpExecArray | null): number | null => (match === null ? null : numberIn(match[1]));
