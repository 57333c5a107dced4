import { Command } from "commander";
import { version } from "../api/version.js";
import { type OptionName, optionTable, type RawOptions, wholeOf } from "./options.js";
import type { Shell } from "./shell.js";
import { safeText } from "./terminal/safe-text.js";

/** Flags of every command that trains. */
const training = ["store", "workers", "gpus", "executor", "backend", "json", "quiet"] as const;
/** Flags that change the study. */
const changing = ["seed", "set", "objective", "maxBytes"] as const;

/**
 * The commands, their arguments and flags. `end` gets the exit code of the one that ran. Each is loaded when it is asked for: start-up
 * stays short.
 */
export function createProgram(shell: Shell, end: (code: number) => void): Command {
	const program = new Command("sweetspot")
		.description("Finds the batch size and learning rate your network should train with, and shows you why.")
		.version(version)
		.showHelpAfterError("(sweetspot --help lists the commands, sweetspot COMMAND --help its flags)")
		.exitOverride()
		.configureOutput({ writeOut: (text) => shell.print(text), writeErr: (text) => shell.err.stream.write(safeText(text)) });

	const add = <Argument extends string | undefined | readonly string[] = string>(
		usage: string,
		description: string,
		flags: readonly (OptionName | readonly [OptionName, description: string])[],
		run: (argument: Argument, options: RawOptions) => Promise<number>,
		under = program,
	) => {
		const command = under.command(usage).description(description);
		for (const flag of flags) {
			const [name, description] = typeof flag === "string" ? [flag, optionTable[flag].description] : flag;
			const usage = optionTable[name].flags;
			if (name === "set") command.option(usage, description, (value: string, before: readonly string[] = []) => [...before, value]);
			else command.option(usage, description);
		}
		const takesArgument = usage.includes(" ");
		command.action(async (...args: unknown[]) => {
			const argument = takesArgument ? args[0] : undefined;
			const options = args[takesArgument ? 1 : 0] as RawOptions;
			const most = wholeOf(options, "maxBytes", 1, shell.environment);
			if (most !== undefined) shell.environment.SWEETSPOT_MAX_BYTES = String(most); // for every thread that reads data
			end(await run(argument as Argument, options));
		});
	};
	/** A command that runs here, or with --detach in a process of its own; on Slurm it hands the study over, and ends. */
	const mayDetach =
		(here: (argument: string, options: RawOptions) => Promise<number>) =>
		async (argument: string, options: RawOptions): Promise<number> =>
			options.detach === true && !(await import("./commands/answer.js")).isDetachedOnSlurm(shell, options)
				? (await import("./commands/detach.js")).detach(shell, options)
				: here(argument, options);
	add(
		"tune [study]",
		"find the batch size and learning rate (without a study file: for a small network on handwritten digits)",
		[...changing, "compare", "budget", "whole", "fresh", "continue", "stepTimes", ...training, "detach", "out", "force"],
		mayDetach(async (file, options) => (await import("./commands/tune.js")).tune(shell, file, options)),
	);
	add<readonly string[]>(
		"init [script...]",
		"write a study file for your training script (`sweetspot init -- python3 train.py`) or, with --data, for a built-in network",
		[
			["out", "the file to write (default: study.yaml)"],
			"goal",
			"metric",
			"atLeast",
			"atMost",
			"examples",
			"name",
			"batchSizeFlag",
			"learningRateFlag",
			"horizon",
			"seconds",
			["data", "for a built-in network: digits, fashion-mnist, blobs … (see `sweetspot data`), or a table such as data.csv"],
			"label",
			"target",
			"maxBytes",
			"force",
			"json",
		],
		async (words, options) => (await import("./commands/init.js")).init(shell, words ?? [], options),
	);
	add(
		"fits <study>",
		"find the largest batch size at which your training script fits into memory, by trying",
		["max", "seconds", "set", "json", "quiet"],
		async (file, options) => (await import("./commands/fits.js")).fits(shell, file, options),
	);
	add(
		"plan [study]",
		"show what tune would do; trains nothing",
		[
			...changing,
			["budget", "the most that tune would spend: trainings (5x), trials (40) or time (90s, 2h)"],
			"whole",
			"compare",
			"workers",
			"gpus",
			"backend",
			"store",
			"json",
		],
		async (file, options) => (await import("./commands/plan.js")).plan(shell, file, options),
	);
	add(
		"train [study]",
		"train once, at one batch size and learning rate; the run can be saved and continued",
		[
			"batchSize",
			"learningRate",
			"steps",
			"epochs",
			"checkpoint",
			"weights",
			"force",
			"seed",
			"set",
			"maxBytes",
			"backend",
			"json",
			"quiet",
		],
		async (file, options) => (await import("./commands/train.js")).train(shell, file, options),
	);
	const experiment = program.command("experiment").description("list and run the textbook experiments on batch size");
	add(
		"list",
		"list every experiment and the question it answers",
		["json"],
		async (_, options) => (await import("./commands/experiment.js")).listExperiments(shell, options),
		experiment,
	);
	add(
		"run <id>",
		"run one and show what it found",
		["full", "data", ["seed", "the experiment's seed (default: 0)"], "fresh", "store", "workers", "json", "quiet", "out", "force"],
		async (id, options) => (await import("./commands/experiment.js")).runExperimentCommand(shell, id, options),
		experiment,
	);
	add<string | undefined>(
		"claims [id]",
		"show the ledger of claims about batch size, with verdicts from the experiments that have been run; with an ID (C8), what was measured",
		["run", "plan", "full", ["seed", "the experiments' seed (default: 0)"], "store", "workers", "json", "quiet"],
		async (id, options) => (await import("./commands/claims.js")).claims(shell, id, options),
	);
	add("studies", "list the studies in the store", ["store", "json"], async (_, options) =>
		(await import("./commands/studies.js")).studies(shell, options),
	);
	add("show <id>", "show the answer of a stored study", ["store", "json"], async (id, options) =>
		(await import("./commands/show.js")).show(shell, id, options),
	);
	add(
		"resume <id>",
		"continue a study that was interrupted",
		[...training, "detach", "maxBytes", "out", "force"],
		mayDetach(async (id, options) => (await import("./commands/resume.js")).resume(shell, id, options)),
	);
	add(
		"stop <id>",
		"stop a study that is running on this machine, or that was detached from it; finished trials are kept, and resume continues it",
		["store"],
		async (id, options) => (await import("./commands/stop.js")).stop(shell, id, options),
	);
	add("report <id>", "write a stored study's report", ["store", "format", "out", "force"], async (id, options) =>
		(await import("./commands/report.js")).report(shell, id, options),
	);
	add(
		"export <id>",
		"write a stored study's trials and evaluations, as a table or in full",
		[
			"store",
			["format", "csv (default; one line for each evaluation), json (everything), parquet, optuna (a journal) or tensorboard"],
			["out", "a file (default: standard output); for tensorboard a new folder"],
			"force",
		],
		async (id, options) => (await import("./commands/export.js")).exportStudy(shell, id, options),
	);
	add(
		"import <path>",
		"analyse runs made elsewhere: a table, or files of TensorBoard, W&B, MLflow, Optuna, trackio, Lightning, Keras or Hugging Face",
		[
			...(["goal", "metric", "atLeast", "atMost", "window", "examples", "dryRun", "from", "group"] as const),
			...([
				"batchSizeKey",
				"learningRateKey",
				"seedKey",
				"settingKeys",
				"metricKey",
				"stepKey",
				"stepsAre",
				"devices",
				"accumulation",
			] as const),
			...(["name", "objective", "maxBytes", "store", "yes", "json", "out", "force"] as const),
		],
		async (file, options) => (await import("./commands/import.js")).importRuns(shell, file, options),
	);
	add("serve", "serve a live page of every study in the store, for this machine's browser", ["store", "port", "open"], async (_, options) =>
		(await import("./commands/serve.js")).serve(shell, options),
	);
	add("work <file>", "run the trials in a file that tune --executor wrote (the jobs of a cluster call this)", [], async (file) =>
		(await import("./commands/work.js")).workOn(file),
	);
	add<readonly string[]>("control <words...>", "go on with a detached study (its own jobs call this)", [], async (words) =>
		(await import("./commands/control.js")).controlDetached(shell, words),
	);
	add("remove <id>", "delete a study from the store", ["store", "yes"], async (id, options) =>
		(await import("./commands/remove.js")).remove(shell, id, options),
	);
	add("backup <file>", "copy the store into one file, even while studies run", ["store", "force"], async (file, options) =>
		(await import("./commands/backup.js")).backup(shell, file, options),
	);
	add("data", "list the data sets that a study can use, and how to get those that are missing", ["json"], async (_, options) =>
		(await import("./commands/data.js")).data(shell, options),
	);
	add(
		"doctor",
		"check this machine, with a command that adds what is missing; with --store, check that store too",
		["store", "json"],
		async (_, options) => (await import("./commands/doctor.js")).doctor(shell, options),
	);
	return program;
}
