import { existsSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { objectiveNames } from "../../analysis/objectives.js";
import { answerFrom } from "../../api/answer.js";
import { schemaVersion } from "../../api/answer-document.js";
import { asAskedFor } from "../../api/study-to-run.js";
import { version } from "../../api/version.js";
import { sha256OfParts } from "../../core/canonical.js";
import type { Goal } from "../../core/goal.js";
import { spareMemory } from "../../native/spare-memory.js";
import { digestOf } from "../../runner/digest.js";
import { type ImportedRuns, runsOf } from "../../store/import/runs.js";
import { type Imported, importedStudy } from "../../store/import/study.js";
import type { Answers } from "../../store/import/tracked/answers.js";
import { keepFor } from "../../store/import/tracked/metrics.js";
import { interpreted } from "../../store/import/tracked/runs.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { studyHash } from "../../study/resolve.js";
import { type FoundAt, notFound, runsAt } from "../../trackers/find/find.js";
import { type FormatName, formatNames } from "../../trackers/find/formats.js";
import { Unanswered } from "../../trackers/unanswered.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { exitCode } from "../exit-codes.js";
import { goalOf, hasGoal } from "../goal-flags.js";
import { answersOf, typedAnswers } from "../import-answers.js";
import { answered } from "../import-questions.js";
import { openForWriting } from "../open-store.js";
import { choiceOf, isOn, type RawOptions, textOf, wholeOf } from "../options.js";
import type { Shell } from "../shell.js";
import { importedRows, renderImportedRuns } from "../terminal/imported-runs.js";
import { rowProgress } from "../terminal/row-progress.js";
import { checkReport, present } from "./answer.js";

/** `sweetspot import PATH`: runs that were made elsewhere, stored and analysed as a study. At a terminal what isn't known is asked for. */
export async function importRuns(shell: Shell, path: string, given: RawOptions): Promise<number> {
	checkReport(shell, given);
	spareMemory();
	const find = finder(shell, path);
	for (let options = given; ; ) {
		try {
			return await importWith(shell, path, options, find);
		} catch (error) {
			if (shell.ask === null || !(error instanceof Unanswered) || error.asks.length === 0) throw error;
			options = await answered(shell, shell.ask, options, error);
		}
	}
}

async function importWith(shell: Shell, path: string, options: RawOptions, find: Find): Promise<number> {
	const { environment, ask } = shell;
	if (ask && !hasGoal(options, environment)) throw unknownGoal();
	const goal = goalOf(options, environment);
	const examples = wholeOf(options, "examples", 1, environment);
	if (examples === undefined) {
		if (!existsSync(resolve(path))) throw notFound(path);
		throw unknownExamples();
	}
	const { runs, notes, names, sha256 } = await read(shell, examples, goal, options, find);
	for (const note of notes) shell.say(note);
	const name = basename(resolve(path));
	const imported = importedStudy(runs, {
		name:
			textOf(options, "name", environment) ??
			(basename(name.replace(/\.gz$/, ""), extname(name.replace(/\.gz$/, ""))).slice(0, 80) || "imported"),
		file: name,
		sha256,
		examples,
		goal,
		objective: choiceOf(options, "objective", objectiveNames, environment) ?? null,
		flags: typedAnswers(options, environment),
	});
	const [isDry, isJson] = [isOn(options, "dryRun", environment), isOn(options, "json", environment)];
	if (isDry || (ask && !isJson && !isOn(options, "yes", environment))) {
		const rows = importedRows(runs.runs, names, imported.trials);
		if (isDry && isJson) shell.print(`${JSON.stringify({ schemaVersion, notes, runs: rows }, null, 2)}\n`);
		else if (isDry) shell.print(renderImportedRuns(shell.out, rows, goal, "Nothing was stored: import them without --dry-run."));
		if (isDry) return exitCode.done;
		shell.say(renderImportedRuns(shell.err, rows, goal, ""));
		if (/^n/i.test((await ask?.("Import them? (Enter: yes; n: no, and nothing is stored.)")) ?? "")) return exitCode.done;
	}
	const store = openForWriting(shell, options);
	try {
		present(shell, answerFrom(store, keep(shell, store, imported)), options);
		return exitCode.done;
	} finally {
		store.close();
	}
}

const unknownExamples = (): Unanswered =>
	new Unanswered(
		"usage/bad-value",
		"the size of the training set is not known",
		"say it with --examples N: it says what a full batch is, and how long an epoch",
		["examples"],
	);

const unknownGoal = (): Unanswered =>
	new Unanswered("usage/bad-value", "what a run must reach is not known", 'say it with --goal, such as --goal "validation.accuracy>=0.9"', [
		"goal",
	]);

type Find = (wanted: { readonly goal: Goal; readonly answers: Answers; readonly from: FormatName | null }) => Promise<FoundAt>;

/** Reads what a path holds; once more only where an answer decides what is read. */
function finder(shell: Shell, path: string): Find {
	let known: { readonly by: string; readonly found: FoundAt } | null = null;
	return async ({ goal, answers, from }) => {
		const by = JSON.stringify([goal.metric, answers.metricKey, answers.stepKey, from]);
		if (known?.by === by) return known.found;
		const progress = rowProgress(shell.err);
		const reading = { keep: keepFor(goal, answers), onRows: progress.add };
		const found = await runsAt(path, readBytes, from, reading).finally(progress.end);
		known = {
			by,
			found: "table" in found ? { ...found, table: { ...found.table, rows: withEnd(found.table.rows, progress.end) } } : found,
		};
		return known.found;
	};
}

/** The rows of a table are read when its runs are made: until then there is progress to show. */
const withEnd = <Row>(rows: Iterable<Row>, end: () => void): Iterable<Row> => ({
	*[Symbol.iterator]() {
		try {
			yield* rows;
		} finally {
			end();
		}
	},
});

interface Read {
	readonly runs: ImportedRuns;
	/** Remarks for people. */
	readonly notes: readonly string[];
	/** Of each run, as its tracker has it; null of a table, which has none. */
	readonly names: readonly string[] | null;
	/** Of the table's bytes; of the runs themselves where a tracker kept them, in files that change whenever it looks at them. */
	readonly sha256: string;
}

async function read(shell: Shell, examples: number, goal: Goal, options: RawOptions, find: Find): Promise<Read> {
	const { environment } = shell;
	const answers = answersOf(options, environment);
	const found = await find({ goal, answers, from: choiceOf(options, "from", formatNames, environment) ?? null });
	if ("table" in found) {
		const runs = runsOf(found.table, examples, goal, answers.settingKeys);
		const { ignored } = runs.columns;
		const notes =
			ignored.length > 0
				? [
						`Left aside, since these columns mean nothing here: ${ignored.join(", ")}. A further setting of the runs is named with --setting-keys.`,
					]
				: [];
		return { runs, notes, names: null, sha256: found.sha256() };
	}
	const { runs, columns, notes, names } = interpreted(found.runs, examples, goal, answers);
	const parts = (function* () {
		for (const run of runs) yield JSON.stringify(run);
	})();
	return { runs: { runs, columns }, notes, names, sha256: sha256OfParts(parts) };
}

/** Stores the runs, unless the store has them already. What was left half imported goes first. */
function keep(shell: Shell, store: Store, { study, trials, calibration }: Imported): StoredStudy {
	const hash = studyHash(study);
	const digest = digestOf(trials);
	const known = store.findByHash(hash);
	if (known?.state === "complete") {
		shell.say(`The store has these runs already, as ${known.id}.`);
		if (asAskedFor(store, known, study).state !== "complete") store.setState(known.id, "complete", 0, digest);
		return store.find(known.id);
	}
	if (known) store.remove(known.id);
	const { id } = store.create(study, hash, version);
	for (const trial of trials) store.append(id, trial);
	if (calibration) store.saveCalibration(id, calibration);
	const seconds = trials.reduce((sum, { result }) => sum + result.seconds, 0);
	store.setState(id, "complete", seconds, digest);
	shell.say(`Imported ${trials.length} ${trials.length === 1 ? "run" : "runs"} as ${id}.`);
	return store.find(id);
}
