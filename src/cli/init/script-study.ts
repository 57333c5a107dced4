import { basename, dirname, extname, relative, resolve } from "node:path";
import { parse } from "yaml";
import { schemaVersion } from "../../api/answer-document.js";
import { type OutputFile, writeOutput } from "../../api/output-file.js";
import { resolveInput } from "../../api/resolve-input.js";
import { type Attempt, type CommandStudy, type Tried, tryCommand } from "../../api/try-command.js";
import { internal, SweetspotError } from "../../core/errors.js";
import { type Goal, goalMetric } from "../../core/goal.js";
import { isCommand } from "../../study/workloads/table.js";
import { exitCode } from "../exit-codes.js";
import { goalOf, hasGoal } from "../goal-flags.js";
import { isOn, numberOf, type RawOptions, textOf, wholeOf } from "../options.js";
import type { Shell } from "../shell.js";
import { requireScript } from "./command-line.js";
import { countOfExamples } from "./count-of-examples.js";
import { enoughSaid, enoughSaidOrWritten } from "./enough.js";
import { describeFigures, suggestedGoal } from "./figures.js";
import { type FileWritten, filesWrittenBelow, namedFor } from "./files-written.js";
import type { GuessedPatterns } from "./guess-patterns.js";
import { type Inspected, inspect } from "./inspect.js";
import type { PlannedLength } from "./length.js";
import { type Measured, measuredBy } from "./measured.js";
import { argumentFor } from "./missing-argument.js";
import { accumulationWords, bare, scheduleWords } from "./notices.js";
import { ownSetting, ownWords } from "./own-setting.js";
import { evaluatedTooSeldom, isGiven, withGiven, withPlaceholders } from "./placing.js";
import { bestEndOf, plannedLength, plannedWords } from "./planned-length.js";
import { isProof, proofWords, silenceWords } from "./proof.js";
import { askRest } from "./questions.js";
import { remedyFor } from "./remedy.js";
import type { Argument, ScriptArguments } from "./script-arguments.js";
import { type Metrics, sourceOf } from "./source.js";
import { scriptStudyText } from "./study-text.js";

/** What the script is tried with: common values, at which hardly any script fails. */
const common = { batchSize: 32, learningRate: 2 ** -7 };

/** How long the try may take, in seconds, without --seconds: frameworks take their time to load. */
const tryingSeconds = 60;

/** What a script is first tried for where no flag says what it must reach: any metric will do, and this is the usual one. */
const usualGoal: Goal = { metric: "validation.accuracy", atLeast: 0.9 };

/** The parts of a study that a script's first try is there to find. */
interface Facts {
	readonly examples: number | null;
	readonly goal: Goal;
	readonly patterns: GuessedPatterns;
	/** Files with its metrics, where it prints none. */
	readonly written?: FileWritten | null;
	/** How its trackers are heard, where they are. */
	readonly heard?: Metrics | null;
	readonly measured?: Measured | null;
}

/**
 * `sweetspot init -- SCRIPT…`: finds the script's flags, runs it once to see what it reports, asks for what only the user knows, and writes
 * the study when it is proven that the goal's metric arrives. Nothing is written where it doesn't.
 */
export async function writeScriptStudy(shell: Shell, out: OutputFile, command: readonly string[], options: RawOptions): Promise<number> {
	const { environment } = shell;
	const given = {
		examples: wholeOf(options, "examples", 1, environment),
		goal: hasGoal(options, environment) ? goalOf(options, environment) : undefined,
	};
	const seconds = numberOf(options, "seconds", environment) ?? tryingSeconds;
	requireScript(command);
	const inspected = await inspect(command, seconds);
	const script = withGiven(command, await allArguments(shell, command, inspected, options));
	const length = await plannedLength(shell, command, inspected, script, wholeOf(options, "horizon", 1, environment));
	const own = ownSetting(script);
	const notices =
		length === null
			? noticesOf(inspected, script, command)
			: [
					...noticesOf({ ...inspected, schedule: null }, script, command),
					plannedWords(length, given.goal !== undefined, own.batchSize),
					...evaluationWords(script, length),
				];
	for (const notice of notices) shell.say(notice);
	const folder = dirname(resolve(out.path));
	const here = relative(folder, process.cwd());
	/** The study to be written, or, where trials are to be given their length, the one that the script is tried by: with its own. */
	const textFor = (facts: Facts, planned: PlannedLength | null = null): string =>
		scriptStudyText({
			name: textOf(options, "name", environment) ?? nameOf(command),
			planned,
			...withPlaceholders(command, length === null ? script : { ...script, epochs: null }, inspected.config, planned),
			directory: here === "" ? null : here,
			...facts,
			own,
			schedule: inspected.schedule,
			epochs: script.epochs === null ? null : { flag: bare(script.epochs.written), isGiven: isGiven(command, script.epochs) },
		});
	const at = {
		batchSize: Math.min(own.batchSize ?? common.batchSize, given.examples ?? Number.POSITIVE_INFINITY),
		learningRate: own.learningRate ?? common.learningRate,
	};
	const tryFor = async (facts: Facts, enough?: Attempt["enough"]): Promise<{ readonly study: CommandStudy; readonly tried: Tried }> => {
		const study = await resolveInput(parse(textFor(facts)), folder);
		const { workload } = study;
		if (!isCommand(workload)) throw internal("the study of a script has none");
		const attempt: Attempt = { ...at, seconds, looks: "some", ...(enough && { enough }) };
		return { study: { ...study, workload }, tried: await tryCommand({ ...study, workload }, attempt, shell.interrupt) };
	};
	const silent = (tried: Tried, wanted: string): SweetspotError => {
		shell.say(silenceWords({ seconds }, tried, wanted).join("\n"));
		return new SweetspotError("init/silent", `no ${wanted} from ${command.join(" ")}`, remedyFor(tried, command, { seconds }));
	};
	const interrupted = (): number => (shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted);

	shell.say(
		`Trying it at batch size ${at.batchSize} and learning rate ${at.learningRate}${ownWords(own)}, for ${seconds} seconds at most …`,
	);
	const initial: Facts = { examples: given.examples ?? null, goal: given.goal ?? usualGoal, patterns: {} };
	const wantedFirst = given.goal === undefined ? null : goalMetric(given.goal);
	const written = filesWrittenBelow(process.cwd());
	const silentTry = await tryFor(initial, enoughSaidOrWritten(wantedFirst, written));
	if (shell.interrupt.aborted) return interrupted();
	const file = sourceOf(silentTry.tried, wantedFirst).figures.length === 0 ? written() : null;
	if (file !== null)
		shell.say(`It prints no metric, but writes ${file.path} (${file.titles.slice(0, 12).join(", ")}). Trying it again, and reading that …`);
	const guess: Facts = { ...initial, written: file };
	const first = file === null ? silentTry : await tryFor(guess, enoughSaid(wantedFirst));
	if (shell.interrupt.aborted) return interrupted();
	const { kind, events, figures, patterns, tracker } = sourceOf(first.tried, wantedFirst);
	const { printed } = first.tried;
	if (figures.length === 0) throw silent(first.tried, given.goal === undefined ? "metric" : goalMetric(given.goal));
	const ways = {
		script: file === null ? "It reports" : "It writes",
		tracker: `It sends to its tracker, ${first.tried.events.find(({ heard }) => heard)?.heard},`,
		output: "It doesn't speak Sweetspot's protocol; reading what it prints:",
	} as const;
	shell.say(`${ways[kind]} ${describeFigures(figures)}.`);
	const wanted = given.goal && goalMetric(given.goal);
	if (wanted !== undefined && !figures.some(({ metric }) => metric === wanted))
		throw new SweetspotError(
			"init/silent",
			`no ${wanted} from ${command.join(" ")}`,
			`it prints ${figures.map(({ metric }) => metric).join(", ")}: choose such a goal with --goal, or print ${wanted} as well`,
		);
	const seen = { examples: countOfExamples(printed, events), isAboutSequences: inspected.isAboutSequences };
	const needs = length === null ? given : { ...given, goal: given.goal ?? suggestedGoal(figures[0]) ?? undefined };
	const known = await askRest(shell, needs, figures, seen);
	const heard = tracker?.(goalMetric(known.goal)) ?? null;
	const facts: Facts = { ...known, patterns, written: file && namedFor(file, goalMetric(known.goal)), heard };
	if (length?.unit === "epochs" && facts.examples === null)
		throw new SweetspotError(
			"init/missing-answer",
			"how many examples the training set has: {epochs} become steps only by that",
			"say it: for example `--examples 50000`",
		);
	// The first try has proven it where it was made with all of this.
	const isAsTried = kind === "script" || (heard !== null && !("names" in heard));
	const isSame = isAsTried && facts.examples === guess.examples && goalMetric(facts.goal) === goalMetric(guess.goal);
	if (!isSame) shell.say("Trying it again with this …");
	const last = isSame ? first : await tryFor(facts);
	if (shell.interrupt.aborted) return interrupted();
	if (!isProof(last.tried)) throw silent(last.tried, goalMetric(facts.goal));
	const settled = {
		...facts,
		...(length && { goal: given.goal ?? bestEndOf(facts.goal, length, figures, own.batchSize) }),
		measured: measuredBy(last.tried, at.batchSize),
	};
	const text = textFor(settled, length);
	await resolveInput(parse(text), folder);
	writeOutput(out, [text]);
	const words = proofWords(last.study, last.tried);
	if (isOn(options, "json", environment))
		shell.print(`${JSON.stringify({ schemaVersion, file: out.path, arrived: true, words, notices }, null, 2)}\n`);
	else
		shell.print(
			`${[...words, "", `Written: ${out.path}`, `Look it over, then: sweetspot plan ${out.path}, and sweetspot tune ${out.path}`].join("\n")}\n`,
		);
	return exitCode.done;
}

/** The script's, without its ending; else the program's. */
const nameOf = (command: readonly string[]): string =>
	basename(command.find((word) => extname(word) !== "") ?? command[0]).replace(/\.\w+$/, "");

/** The script's arguments: as flags of ours name them, as its text or its help shows them, or as the user at the terminal says. */
async function allArguments(shell: Shell, command: readonly string[], inspected: Inspected, options: RawOptions): Promise<ScriptArguments> {
	const { arguments: seen } = inspected;
	const named = (flag: string | undefined): Argument | null => (flag === undefined ? null : { written: flag, value: null });
	const { environment } = shell;
	return {
		...seen,
		batchSize:
			named(textOf(options, "batchSizeFlag", environment)) ??
			seen.batchSize ??
			(await argumentFor(shell, command, inspected, "batch size")),
		learningRate:
			named(textOf(options, "learningRateFlag", environment)) ??
			seen.learningRate ??
			(await argumentFor(shell, command, inspected, "learning rate")),
	};
}

/** That trials are evaluated at their end, where the script would do so too seldom. */
function evaluationWords(script: ScriptArguments, length: PlannedLength): readonly string[] {
	const argument = evaluatedTooSeldom(script, length);
	if (argument === null) return [];
	return [
		`Its shortest trials would end before they are evaluated (${bare(argument.written)}): they are evaluated at their end, after {steps} steps.`,
	];
}

/** What is worth knowing of the script before it is tuned: sentences. */
function noticesOf({ schedule, config }: Inspected, script: ScriptArguments, command: readonly string[]): readonly string[] {
	const accumulation = accumulationWords(script);
	const stretched = script.epochs !== null && (config !== null || !isGiven(command, script.epochs)) ? script.epochs.written : null;
	return [...(accumulation === null ? [] : [accumulation]), ...(schedule === null ? [] : [scheduleWords(schedule, stretched)])];
}
