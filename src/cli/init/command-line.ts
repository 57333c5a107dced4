import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { SweetspotError } from "../../core/errors.js";
import type { FoundCommand } from "../../study/workloads/command/workload.js";
import { findCommand } from "../../trainers/command/find.js";
import { interpreterOf } from "../interpreters.js";
import { flagsIn, type ScriptFlags } from "./script-flags.js";

/** Loading a framework takes its time before any help is printed. In milliseconds. */
const patience = 60_000;

/** The program and its arguments: a bare file gets the interpreter of its ending. */
export function withInterpreter(words: readonly string[]): readonly string[] {
	const [first = ""] = words;
	const interpreter = interpreterOf(first);
	return interpreter !== undefined && existsSync(first) && !isExecutable(first) ? [interpreter, ...words] : words;
}

const isExecutable = (file: string): boolean => file.includes("/") && (statSync(file).mode & 0o111) !== 0;

/** Typing errors of a name that is meant to be another one's. */
const likeness = 2;

/** Throws `init/no-script` where the first word that looks like a script by its ending is no file: what follows it may be files that it writes. */
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

/** What a script that can be asked for its arguments has in its text. */
const readsArguments =
	/argparse|\bclick\b|\btyper\b|\bfire\b|absl|optparse|getopt|docopt|simple_parsing|tyro|HfArgumentParser|parseArgs|commander|yargs|minimist|ArgParse|optparse|commandArgs/;

export interface Inspected {
	/** Of the script's help; all null where it has none that can be asked for without starting to train. */
	readonly flags: ScriptFlags;
	/** It takes the trial from its environment. */
	readonly readsTrial: boolean;
	/** Its text doesn't show that it reads arguments: it wasn't asked for its help. */
	readonly readsNone: boolean;
	/** How it failed when it was asked for its help, in the last words it said; null where it didn't. */
	readonly failure: string | null;
}

/**
 * Looks at the script's text and, where that shows that it reads arguments, at its `--help`. A script that reads none would begin to train: it isn't asked.
 * Throws `trainer/not-found` where there is no such program.
 */
export async function inspect(command: readonly string[]): Promise<Inspected> {
	const { files, readsTrial } = await found(command);
	const readsNone = files.length > 0 && !files.some((file) => readsArguments.test(textOf(file)));
	const { text, failure } = readsNone ? { text: "", failure: null } : helpOf(command);
	return { flags: flagsIn(text), readsTrial, readsNone, failure };
}

async function found(command: readonly string[]): Promise<FoundCommand> {
	try {
		return await findCommand({ command, directory: process.cwd(), grace: 0 });
	} catch (error) {
		if (!(error instanceof SweetspotError && error.code === "trainer/not-found")) throw error;
		const fix = "check the first word of the command: a program on the PATH, or a path from this folder to one that may be executed";
		throw new SweetspotError(error.code, error.detail, fix, { cause: error });
	}
}

const textOf = (file: string): string =>
	readFileSync(file)
		.subarray(0, 2 ** 20)
		.toString("latin1");

function helpOf([program, ...rest]: readonly string[]): { readonly text: string; readonly failure: string | null } {
	const { stdout, stderr, status } = spawnSync(program, [...rest, "--help"], {
		encoding: "utf8",
		timeout: patience,
		killSignal: "SIGKILL",
		stdio: ["ignore", "pipe", "pipe"],
		maxBuffer: 2 ** 22,
	});
	const text = `${stdout ?? ""}\n${stderr ?? ""}`;
	return { text, failure: status === 0 ? null : (text.trimEnd().split("\n").at(-1) ?? "") };
}

/** More epochs than any trial needs. */
const endless = "100000";

/**
 * The command with a placeholder behind each flag that was found and isn't given; `--flag=value` where that is how the script is called. A script that would
 * end by itself after some epochs gets more of them than any trial needs, unless their number is given: else large batches had fewer steps than small ones.
 */
export function withPlaceholders(command: readonly string[], { batchSize, learningRate, seed, epochs }: ScriptFlags): readonly string[] {
	const words: string[] = [];
	const places: Readonly<Record<string, string>> = {
		...(batchSize !== null && { [batchSize]: "{batchSize}" }),
		...(learningRate !== null && { [learningRate]: "{learningRate}" }),
		...(seed !== null && { [seed]: "{seed}" }),
	};
	const given = new Set<string>();
	for (let i = 0; i < command.length; i++) {
		const [flag, joined] = command[i].split(/=(.*)/s);
		const place = places[flag];
		words.push(command[i]);
		if (place === undefined) continue;
		given.add(flag);
		if (joined !== undefined) words[words.length - 1] = `${flag}=${place}`;
		else if (i + 1 < command.length) {
			words.push(place); // instead of the value that stands there
			i++;
		}
	}
	for (const [flag, place] of Object.entries(places)) if (!given.has(flag)) words.push(flag, place);
	if (epochs !== null && !isGiven(command, epochs)) words.push(epochs, endless);
	return words;
}

/** Whether the user's command has the flag, with its value behind it or joined to it. */
export const isGiven = (command: readonly string[], flag: string): boolean =>
	command.some((word) => word === flag || word.startsWith(`${flag}=`));
