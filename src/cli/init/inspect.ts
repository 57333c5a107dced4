import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { SweetspotError } from "../../core/errors.js";
import type { FoundCommand } from "../../study/workloads/command/workload.js";
import { findCommand } from "../../trainers/command/find.js";
import { type ConfigFile, configIn } from "./config-file.js";
import { argumentsInHelp } from "./help-arguments.js";
import { hydraArguments } from "./hydra-arguments.js";
import { isAboutSequences, scheduleIn } from "./notices.js";
import { withGiven } from "./placing.js";
import { type ScriptArguments, together } from "./script-arguments.js";
import { argumentsInSource } from "./source-arguments.js";

/** What a script that can be asked for its arguments has in its text. */
const readsArguments =
	/argparse|\bclick\b|\btyper\b|\bfire\b|absl|optparse|getopt|docopt|simple_parsing|tyro|HfArgumentParser|LightningCLI|parseArgs|commander|yargs|minimist|ArgParse|optparse|commandArgs/;

export interface Inspected {
	/** Of the script's source, its settings' file or its help, with the values that the user's command gives them. */
	readonly arguments: ScriptArguments;
	/** The file that it takes its settings from, where its batch size or its rate are no arguments. */
	readonly config: ConfigFile | null;
	/** What it calls the schedule of its learning rate; null where none is seen. */
	readonly schedule: string | null;
	readonly isAboutSequences: boolean;
	/** It takes the trial from its environment. */
	readonly readsTrial: boolean;
	/** Its text doesn't show that it reads arguments: it wasn't asked for its help. */
	readonly readsNone: boolean;
	/** How it failed when it was asked for its help, in the last words it said; null where it didn't. */
	readonly failure: HelpFailure | null;
}

/** `late`: it hadn't answered after this many seconds. */
export type HelpFailure = { readonly said: string } | { readonly late: number };

/**
 * Looks at the script's text first, which costs nothing, then at the file of settings that the command names, and only where these don't
 * show the batch size and the learning rate at its `--help`. A script that reads no arguments would begin to train: it isn't asked. Throws
 * `trainer/not-found` where there is no such program.
 */
export async function inspect(command: readonly string[], seconds: number): Promise<Inspected> {
	const { files, readsTrial } = await found(command);
	const texts = files.filter((file) => !settingsFile.test(extname(file))).map((file) => ({ file, text: textOf(file) }));
	const source = texts.map(({ text }) => text).join("\n");
	const inSource = texts.reduce((all, { file, text }) => together(all, hydraArguments(file, text)), argumentsInSource(source));
	const seen = { schedule: scheduleIn(source), isAboutSequences: isAboutSequences(source), readsTrial };
	const done = (all: ScriptArguments): Inspected => ({
		arguments: withGiven(command, all),
		...{ config: null, readsNone: false, failure: null },
		...seen,
	});
	if (isEnough(inSource)) return done(inSource);
	const config = configIn(command);
	if (config !== null && isEnough(config.settings))
		return { ...done(config.settings), arguments: config.settings, config, schedule: seen.schedule ?? scheduleIn(config.text) };
	const readsNone = files.length > 0 && !texts.some(({ text }) => readsArguments.test(text));
	if (readsNone) return { ...done(inSource), readsNone };
	const { text, failure } = helpOf(command, seconds);
	const all = together(argumentsInHelp(text), inSource);
	return {
		...done(all),
		failure,
		schedule: seen.schedule ?? scheduleIn(text),
		isAboutSequences: seen.isAboutSequences || isAboutSequences(text),
	};
}

const settingsFile = /^\.(?:ya?ml|json|toml|csv|txt|npz|npy|ini|cfg)$/;

const isEnough = ({ batchSize, learningRate }: ScriptArguments): boolean => batchSize !== null && learningRate !== null;

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

function helpOf([program, ...rest]: readonly string[], seconds: number): { readonly text: string; readonly failure: HelpFailure | null } {
	const { stdout, stderr, status, error } = spawnSync(program, [...rest, "--help"], {
		encoding: "utf8",
		timeout: 1000 * seconds,
		killSignal: "SIGKILL",
		stdio: ["ignore", "pipe", "pipe"],
		maxBuffer: 2 ** 22,
	});
	const text = `${stdout ?? ""}\n${stderr ?? ""}`;
	if (error && "code" in error && error.code === "ETIMEDOUT") return { text, failure: { late: seconds } };
	return { text, failure: status === 0 ? null : { said: text.trimEnd().split("\n").at(-1) ?? "" } };
}
