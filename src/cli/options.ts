import { availableParallelism } from "node:os";
import { objectiveNames } from "../analysis/objectives.js";
import { type Backend, backends } from "../core/backend.js";
import { SweetspotError } from "../core/errors.js";
import { executorWords } from "../executors/table.js";
import { stepWords } from "../store/import/tracked/answers.js";
import { formatNames } from "../trackers/find/formats.js";

/** One flag of the command line. Its environment variable is `SWEETSPOT_` and its words in capitals: `SWEETSPOT_MAX_BYTES`. */
interface Option {
	readonly flags: string;
	readonly description: string;
	/** A value for the error that says what was expected, where the least possible number would be no help. */
	readonly example?: string;
}

/** `fastest, cheapest or balanced` */
const oneOf = (words: readonly string[]): string => `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;

/** Every flag there is; each command takes its share. `--help` is made from this table. */
export const optionTable = {
	store: { flags: "--store <dir>", description: "folder of the stored studies (default: .sweetspot here or in the nearest folder above)" },
	workers: {
		flags: "--workers <n>",
		description: "trials that run at once (default: one per core; for scripts 1, or one per GPU of --gpus)",
	},
	gpus: {
		flags: "--gpus <ids>",
		description: "GPUs for a script's trials, such as 0,1; each runs one trial at a time (sets CUDA_VISIBLE_DEVICES)",
	},
	executor: { flags: "--executor <kind>", description: `where trials run: ${executorWords}` },
	backend: {
		flags: "--backend <kind>",
		description:
			"what multiplies matrices: auto (default: vector where possible, else wasm), wasm, vector (wider vectors; same bits as wasm) or blas (this machine's BLAS; bits of its own)",
	},
	batchSize: { flags: "--batch-size <n>", description: "examples per step, or full" },
	learningRate: { flags: "--learning-rate <rate>", description: "the learning rate, before the study's schedule changes it" },
	steps: { flags: "--steps <n>", description: "total length of the run in steps (default: what the study allows a trial)" },
	epochs: { flags: "--epochs <n>", description: "total length of the run in epochs" },
	checkpoint: { flags: "--checkpoint <file>", description: "save the run in this file as it goes; if the file exists, continue from it" },
	weights: { flags: "--weights <file>", description: "write the final weights to this file, as .npz" },
	seed: { flags: "--seed <n>", description: "the study's seed, instead of the one in the study file" },
	set: { flags: "--set <key=value>", description: "set any key of the study, such as goal.atLeast=0.97 (repeatable)" },
	objective: { flags: "--objective <name>", description: oneOf(objectiveNames) },
	fresh: { flags: "--fresh", description: "run the study again, even if its answer is stored" },
	continue: {
		flags: "--continue <id>",
		description:
			"add reporting runs to a study that ended undecided, until it is decided; after a ladder's answer, go on with a larger budget",
	},
	budget: {
		flags: "--budget <amount>",
		description: "the most to spend: trainings (5x), trials (40) or time (90s, 2h)",
	},
	whole: { flags: "--whole", description: "tune every batch size in full, whatever budget the study has" },
	stepTimes: {
		flags: "--step-times <file>",
		description: "take the seconds per step from an earlier answer (written by show --json) and do not time them again",
	},
	detach: {
		flags: "--detach",
		description:
			"return as soon as it runs; on Slurm its own jobs go on with it, and nothing stays on this machine; else a process of its own, which goes on when this terminal is closed",
	},
	compare: { flags: "--compare", description: "also compare the batch sizes after equal epochs, equal steps and equal seconds" },
	json: { flags: "--json", description: "print one JSON document to standard output and nothing else" },
	quiet: { flags: "--quiet", description: "show no progress" },
	out: { flags: "--out <file>", description: "where to write the report (default: reports/ID.html in the store)" },
	format: { flags: "--format <kind>", description: "html (default), md, or json (everything in the report as one document)" },
	goal: {
		flags: "--goal <goal>",
		description: 'what a run must reach: "validation.accuracy>=0.9", or a metric of your own, such as "f1>=0.9" or "perplexity<=30"',
	},
	metric: { flags: "--metric <name>", description: "the goal's metric, with --at-least or --at-most instead of --goal" },
	atLeast: { flags: "--at-least <value>", description: "the least value that meets the goal, for a metric such as accuracy" },
	atMost: { flags: "--at-most <value>", description: "the largest value that meets the goal, for a metric such as a loss" },
	window: {
		flags: "--window <w>",
		description: "smooth the goal's metric: its mean over steps s/w to s must meet the goal (default: 1.1; 1 takes single values)",
		example: "1.1",
	},
	examples: { flags: "--examples <n>", description: "number of training examples", example: "50000" },
	name: { flags: "--name <text>", description: "the study's name (default: the file's name)" },
	horizon: {
		flags: "--horizon <n>",
		description:
			"for a script with a learning rate schedule: how long you mean to train, in the unit of its length argument (epochs or steps)",
		example: "30",
	},
	seconds: { flags: "--seconds <n>", description: "how long one run may take, in seconds (default: 60)" },
	batchSizeFlag: {
		flags: "--batch-size-flag <flag>",
		description: "the script's flag for the batch size, if its --help doesn't show it",
	},
	learningRateFlag: {
		flags: "--learning-rate-flag <flag>",
		description: "the script's flag for the learning rate, if its --help doesn't show it",
	},
	label: { flags: "--label <column>", description: "for a table: the column with the classes" },
	target: { flags: "--target <column>", description: "for a table: the column with the numbers to predict" },
	max: { flags: "--max <n>", description: "largest batch size to try (default: the training set's size, or 65536 if it is not known)" },
	force: { flags: "--force", description: "overwrite an existing file, even one that Sweetspot did not write" },
	maxBytes: {
		flags: "--max-bytes <n>",
		description: "most memory for unpacked data, in bytes (default: half of this machine's)",
		example: "8000000000",
	},
	full: { flags: "--full", description: "run at the published size, which takes longer (default: a quick version)" },
	data: {
		flags: "--data <name>",
		description: "the data set: digits, tutorial-blobs, fashion-mnist or mnist (default: the experiment's own)",
	},
	run: { flags: "--run", description: "first run the experiments that have no results yet" },
	plan: { flags: "--plan", description: "show what --run would run, what is stored already and how long the rest takes; run nothing" },
	from: { flags: "--from <format>", description: `the format to read, if a folder has runs in several: ${oneOf(formatNames)}` },
	group: { flags: "--group <name>", description: "the experiment, project or study to read, if there are several" },
	batchSizeKey: { flags: "--batch-size-key <key>", description: "the runs' setting that is the batch size" },
	learningRateKey: { flags: "--learning-rate-key <key>", description: "the runs' setting that is the learning rate at its peak" },
	seedKey: { flags: "--seed-key <key>", description: "the runs' setting that is the seed; `run` takes the run's name" },
	settingKeys: {
		flags: "--setting-keys <keys>",
		description: "further settings that the runs differ in, separated by commas",
		example: "warmup,dropout",
	},
	metricKey: { flags: "--metric-key <key>", description: "the runs' name for the goal's metric" },
	stepKey: { flags: "--step-key <key>", description: "a logged number that counts updates" },
	stepsAre: { flags: "--steps-are <unit>", description: `what the runs' steps count: ${oneOf(stepWords)}` },
	devices: { flags: "--devices <n>", description: "devices per run, if each takes its own batch", example: "8" },
	accumulation: { flags: "--accumulation <n>", description: "batches accumulated into one update", example: "4" },
	dryRun: { flags: "--dry-run", description: "show what would be imported; store nothing" },
	port: {
		flags: "--port <n>",
		description: "the page's port (default: 7411, or the next free one; 0: any free port)",
		example: "7411",
	},
	open: { flags: "--open", description: "open the page in the browser" },
	yes: { flags: "--yes", description: "don't ask for confirmation" },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof optionTable;

/** What commander hands over: flags as texts, switches as true. */
export type RawOptions = Readonly<Partial<Record<OptionName, string | boolean | readonly string[]>>>;

/** As it is typed: `--max-bytes`. */
export const flagOf = (name: OptionName): string => `--${words(name).join("-")}`;

/** Its environment variable: `SWEETSPOT_MAX_BYTES`. */
const variableOf = (name: OptionName): string => `SWEETSPOT_${words(name).join("_").toUpperCase()}`;

const words = (name: OptionName): readonly string[] => name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());

/** The value of a flag, else of its environment variable, else undefined: flag > environment > study file > default. */
export function textOf(options: RawOptions, name: OptionName, environment: NodeJS.ProcessEnv): string | undefined {
	const value = options[name] ?? environment[variableOf(name)];
	return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether a switch is on: by its flag, else by its environment variable, unless that is empty, `0` or `false`. */
export const isOn = (options: RawOptions, name: OptionName, environment: NodeJS.ProcessEnv): boolean =>
	options[name] === true || !["", "0", "false"].includes(environment[variableOf(name)] ?? "");

/** A flag that is a whole number from `least` on. Throws `usage/bad-value`. */
export function wholeOf(options: RawOptions, name: OptionName, least: number, environment: NodeJS.ProcessEnv): number | undefined {
	const text = textOf(options, name, environment);
	if (text === undefined) return undefined;
	const value = Number(text);
	if (Number.isSafeInteger(value) && value >= least) return value;
	const { example }: Option = optionTable[name];
	throw new SweetspotError(
		"usage/bad-value",
		`${flagOf(name)} is "${text}", expected a whole number of ${least} or more`,
		`for example \`${flagOf(name)} ${example ?? least}\``,
	);
}

/** A flag that is a number above 0. Throws `usage/bad-value`. */
export function numberOf(options: RawOptions, name: OptionName, environment: NodeJS.ProcessEnv): number | undefined {
	const text = textOf(options, name, environment);
	if (text === undefined) return undefined;
	const value = Number(text);
	if (Number.isFinite(value) && value > 0) return value;
	throw new SweetspotError(
		"usage/bad-value",
		`${flagOf(name)} is "${text}", expected a number above 0`,
		`for example \`${flagOf(name)} 60\``,
	);
}

/** A flag that is one of a few words. Throws `usage/bad-value`. */
export function choiceOf<Word extends string>(
	options: RawOptions,
	name: OptionName,
	choices: readonly Word[],
	environment: NodeJS.ProcessEnv,
): Word | undefined {
	const text = textOf(options, name, environment);
	const word = choices.find((candidate) => candidate === text);
	if (text === undefined || word) return word;
	throw new SweetspotError(
		"usage/bad-value",
		`${flagOf(name)} is "${text}", expected ${oneOf(choices)}`,
		`for example \`${flagOf(name)} ${choices[0]}\``,
	);
}

/** What computes matrix products; undefined where no flag says it. */
export const backendOf = (options: RawOptions, environment: NodeJS.ProcessEnv): Backend | undefined =>
	choiceOf(options, "backend", backends, environment);

/** Tasks at once: what was asked for, else one for each core. */
export const workersOf = (options: RawOptions, environment: NodeJS.ProcessEnv): number =>
	wholeOf(options, "workers", 1, environment) ?? availableParallelism();

/** GPUs as CUDA_VISIBLE_DEVICES names them, by number or UUID; null where none are named. Throws `usage/bad-value`. */
export function gpusOf(options: RawOptions, environment: NodeJS.ProcessEnv): readonly string[] | null {
	const text = textOf(options, "gpus", environment);
	if (text === undefined) return null;
	const gpus = text.split(",").map((gpu) => gpu.trim());
	if (gpus.every((gpu) => /^[\w/-]+$/.test(gpu)) && new Set(gpus).size === gpus.length) return gpus;
	throw new SweetspotError(
		"usage/bad-value",
		`--gpus is "${text}", expected different numbers with commas between them`,
		"for example `--gpus 0,1`",
	);
}
