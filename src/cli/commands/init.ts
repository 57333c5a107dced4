import { existsSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, relative, resolve } from "node:path";
import { parse } from "yaml";
import { schemaVersion } from "../../api/answer-document.js";
import { resolveInput } from "../../api/resolve-input.js";
import type { Attempt } from "../../api/try-command.js";
import { internal, SweetspotError } from "../../core/errors.js";
import { type Goal, goalMetric } from "../../core/goal.js";
import { isCommand } from "../../study/study.js";
import { exitCode } from "../exit-codes.js";
import { goalFrom, goalOf, hasGoal } from "../goal-flags.js";
import { inspect, withInterpreter, withPlaceholders } from "../init/command-line.js";
import { type GuessedPatterns, guessPatterns, linesWith } from "../init/guess-patterns.js";
import { writeNetworkStudy } from "../init/network-study.js";
import { type Proof, prove } from "../init/proof.js";
import { scriptStudyText } from "../init/study-text.js";
import { isOn, numberOf, type RawOptions, textOf, wholeOf } from "../options.js";
import type { Shell } from "../shell.js";

/** What the script is tried with: common values, at which hardly any script fails. */
const common = { batchSize: 32, learningRate: 2 ** -7 };

/** So many lines with the goal's metric show how the script counts, from 0 or anew with each epoch: a script without events needn't run any longer. */
const enoughLines = 3;

/** How long the try may take, in seconds, unless told otherwise: frameworks take their time to load. */
const patience = 60;

/** `sweetspot init [SCRIPT…]`: writes a study file for a script, or with `--data` for a network of ours, and tries it. */
export async function init(shell: Shell, words: readonly string[], options: RawOptions): Promise<number> {
	const { environment } = shell;
	const out = textOf(options, "out", environment) ?? "study.yaml";
	if (existsSync(out) && !isOn(options, "force", environment))
		throw new SweetspotError("init/exists", out, "name another one with --out FILE, or write over it with --force");
	const data = textOf(options, "data", environment);
	if (data !== undefined) return await writeNetworkStudy(shell, out, data, options);
	return await initScript(shell, out, await commandOf(shell, words), options);
}

async function commandOf(shell: Shell, words: readonly string[]): Promise<readonly string[]> {
	const named =
		words.length > 0 ? words : (await shell.ask?.("Which command trains your network? (such as: python3 train.py)"))?.split(/\s+/);
	if (named && named[0] !== "" && named[0] !== undefined) return withInterpreter(named);
	throw new SweetspotError(
		"usage/bad-value",
		"init has neither a script nor data to write a study for",
		"for example `sweetspot init -- python3 train.py`, or `sweetspot init --data digits`",
	);
}

async function initScript(shell: Shell, out: string, command: readonly string[], options: RawOptions): Promise<number> {
	const { environment } = shell;
	const { flags, readsTrial, failure } = await inspect(command);
	const ask = (what: string) => askFor(shell, readsTrial, failure, what);
	const batchSize = textOf(options, "batchSizeFlag", environment) ?? flags.batchSize ?? (await ask("batch size"));
	const learningRate = textOf(options, "learningRateFlag", environment) ?? flags.learningRate ?? (await ask("learning rate"));
	const examples = wholeOf(options, "examples", 1, environment) ?? (await askExamples(shell));
	const goal = await goalFor(shell, options);
	const here = relative(dirname(resolve(out)), process.cwd());
	const write = (patterns: GuessedPatterns): string =>
		scriptStudyText({
			name:
				textOf(options, "name", environment) ?? basename(command.find((word) => extname(word) !== "") ?? command[0]).replace(/\.\w+$/, ""),
			command: withPlaceholders(command, { ...flags, batchSize, learningRate }),
			directory: here === "" ? null : here,
			examples,
			patterns,
			goal,
			epochsFlag: flags.epochs,
		});
	const seconds = numberOf(options, "seconds", environment) ?? patience;
	const attempt = {
		batchSize: Math.min(common.batchSize, examples ?? common.batchSize),
		learningRate: common.learningRate,
		seconds,
		looks: "some",
	} as const;
	const tryText = async (text: string, enough?: Attempt["enough"]): Promise<Proof> => {
		const study = await resolveInput(parse(text), dirname(resolve(out)));
		if (!isCommand(study.workload)) throw internal("the study of a script has none");
		return await prove({ ...study, workload: study.workload }, { ...attempt, ...(enough && { enough }) }, shell.interrupt);
	};
	const isOfUse = (guessed: GuessedPatterns): boolean => goalMetric(goal) in guessed && !("epoch" in guessed && examples === null);
	shell.say(`Trying it at batch size ${attempt.batchSize} and learning rate ${attempt.learningRate}, for ${seconds} seconds at most …`);
	let text = write({});
	let proof = await tryText(text, (printed) => {
		const guessed = guessPatterns(printed);
		const metric = guessed[goalMetric(goal)];
		return isOfUse(guessed) && metric !== undefined && linesWith(metric, printed) >= enoughLines;
	});
	const guessed = proof.arrived ? {} : guessPatterns(proof.printed);
	if (isOfUse(guessed)) {
		shell.say(`Its events don't say so, but it prints ${Object.keys(guessed).join(", ")}. Trying it again …`);
		text = write(guessed);
		proof = await tryText(text);
	}
	writeFileSync(out, text);
	if (isOn(options, "json", environment))
		shell.print(`${JSON.stringify({ schemaVersion, file: out, arrived: proof.arrived, words: proof.words }, null, 2)}\n`);
	else shell.print(`${[...proof.words, "", `Written: ${out}`, ...next(proof, out)].join("\n")}\n`);
	if (proof.arrived) return exitCode.done;
	throw new SweetspotError("init/silent", `no ${goalMetric(goal)} from ${command.join(" ")}`, whatIsMissing(guessed, goal, examples));
}

const next = ({ arrived }: Proof, out: string): readonly string[] =>
	arrived ? [`Look it over, then: sweetspot plan ${out}, and sweetspot tune ${out}`] : [];

/** What would make metrics arrive. */
function whatIsMissing(guessed: GuessedPatterns, goal: Goal, examples: number | null): string {
	const metric = goalMetric(goal);
	const found = Object.keys(guessed).filter((key) => key.includes("."));
	if (found.includes(metric) && "epoch" in guessed && examples === null)
		return "it prints epochs: say with --examples N how many examples the training set has";
	if (found.length > 0) return `it prints ${found.join(", ")}: choose such a goal with --goal, or print ${metric} as well`;
	return `let it print lines such as "step 100 val_acc=0.91", or say {"sweetspot":1,"step":100,"metrics":{"${metric}":0.91}} (docs/training-scripts.md); if it only takes long to begin, --seconds 300`;
}

/** The script's flag for what its help didn't show. */
async function askFor(shell: Shell, readsTrial: boolean, failure: string | null, what: string): Promise<string | null> {
	if (readsTrial) return null;
	const flag = await shell.ask?.(
		`Which of its flags sets the ${what}? (such as --${what.replace(" ", "-")}; empty: none, it reads SWEETSPOT_TRIAL)`,
	);
	if (flag) return flag;
	if (shell.ask) return null;
	const option = what === "batch size" ? "--batch-size-flag" : "--learning-rate-flag";
	throw new SweetspotError(
		"init/no-flag",
		failure === null ? `its --help shows none for the ${what}` : `asked with --help, the script failed: ${failure}`,
		`${failure === null ? "name it" : "let it run by hand first, or name the flag"}, such as \`${option} --${what.replace(" ", "-")}\`; a script without arguments can read SWEETSPOT_TRIAL (docs/training-scripts.md)`,
	);
}

async function askExamples(shell: Shell): Promise<number | null> {
	const count = Number(await shell.ask?.("How many examples does the training set have? (empty: not known)"));
	return Number.isSafeInteger(count) && count > 0 ? count : null;
}

async function goalFor(shell: Shell, options: RawOptions): Promise<Goal> {
	if (hasGoal(options, shell.environment) || !shell.ask) return goalOf(options, shell.environment);
	return goalFrom((await shell.ask("What must a run reach? (such as: validation.accuracy>=0.9)")) || "validation.accuracy>=0.9");
}
