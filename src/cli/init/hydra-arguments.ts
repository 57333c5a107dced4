import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { membersOf } from "../../core/members.js";
import { type Argument, likeliest, noArguments, type ScriptArguments } from "./script-arguments.js";

/** The settings of a script under hydra: the numbers in its configuration, by their dotted names, `train.batch_size=`. */
export function hydraArguments(script: string, source: string): ScriptArguments {
	const [, call] = /@hydra\.main\(([^)]*)\)/.exec(source) ?? [];
	if (call === undefined) return noArguments;
	const folder = join(dirname(script), textIn(call, "config_path") ?? ".");
	const name = textIn(call, "config_name") ?? "config";
	const config = membersOf(read(join(folder, name)));
	const { defaults, ...own } = config;
	const groups = (Array.isArray(defaults) ? defaults : []).flatMap((entry) =>
		Object.entries(membersOf(entry)).flatMap(([group, option]) =>
			typeof option === "string" ? numbersIn(read(join(folder, group, option)), `${group}.`) : [],
		),
	);
	return likeliest([...numbersIn(own, ""), ...groups]);
}

const textIn = (call: string, key: string): string | undefined => new RegExp(`${key}\\s*=\\s*["']([^"']+)["']`).exec(call)?.[1];

function read(path: string): unknown {
	const file = [path, `${path}.yaml`, `${path}.yml`].find((one) => /\.ya?ml$/.test(one) && existsSync(one));
	try {
		return file === undefined ? {} : parse(readFileSync(file, "utf8"));
	} catch {
		return {}; // what can't be read has no settings that we see
	}
}

const numbersIn = (value: unknown, prefix: string): readonly Argument[] =>
	Object.entries(membersOf(value)).flatMap(([key, member]) =>
		typeof member === "object" ? numbersIn(member, `${prefix}${key}.`) : setting(`${prefix}${key}=`, member),
	);

/** YAML takes `1e-3` for a text. */
function setting(written: string, member: unknown): readonly Argument[] {
	const value = typeof member === "string" && member.trim() !== "" ? Number(member) : member;
	return typeof value === "number" && Number.isFinite(value) ? [{ written, value }] : [];
}
