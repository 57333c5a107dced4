import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import { findCommand } from "../../trainers/command/find.js";
import { flagsIn, type ScriptFlags } from "./script-flags.js";

/** What runs files of these endings. */
const interpreters: Readonly<Record<string, string>> = {
	".py": "python3",
	".js": "node",
	".mjs": "node",
	".cjs": "node",
	".sh": "sh",
	".jl": "julia",
	".R": "Rscript",
	".lua": "lua",
};

/** Loading a framework takes its time before any help is printed. In milliseconds. */
const patience = 60_000;

/** The program and its arguments: a bare file gets the interpreter of its ending. */
export function withInterpreter(words: readonly string[]): readonly string[] {
	const [first = ""] = words;
	const interpreter = interpreters[extname(first)];
	return interpreter !== undefined && existsSync(first) && !isExecutable(first) ? [interpreter, ...words] : words;
}

const isExecutable = (file: string): boolean => file.includes("/") && (statSync(file).mode & 0o111) !== 0;

/** What a script that can be asked for its arguments has in its text. */
const readsArguments =
	/argparse|\bclick\b|\btyper\b|\bfire\b|absl|optparse|getopt|docopt|simple_parsing|tyro|HfArgumentParser|parseArgs|commander|yargs|minimist|ArgParse|optparse|commandArgs/;

export interface Inspected {
	/** Of the script's help; all null where it has none that can be asked for without starting to train. */
	readonly flags: ScriptFlags;
	/** It takes the trial from its environment. */
	readonly readsTrial: boolean;
	/** How it failed when it was asked for its help, in the last words it said; null where it didn't. */
	readonly failure: string | null;
}

/**
 * Looks at the script's text and, where that shows that it reads arguments, at its `--help`. A script that reads none would begin to train: it isn't asked.
 * Throws `trainer/not-found` where there is no such program.
 */
export async function inspect(command: readonly string[]): Promise<Inspected> {
	const { files, readsTrial } = await findCommand({ command, directory: process.cwd(), grace: 0 });
	const asks = files.length === 0 || files.some((file) => readsArguments.test(textOf(file)));
	const { text, failure } = asks ? helpOf(command) : { text: "", failure: null };
	return { flags: flagsIn(text), readsTrial, failure };
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

/** The command with a placeholder behind each flag that was found and isn't given; `--flag=value` where that is how the script is called. */
export function withPlaceholders(command: readonly string[], { batchSize, learningRate, seed }: ScriptFlags): readonly string[] {
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
	return words;
}
