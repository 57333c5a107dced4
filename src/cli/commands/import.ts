import { basename, extname, resolve } from "node:path";
import { objectiveNames } from "../../analysis/objectives.js";
import { answerFrom } from "../../api/answer.js";
import { schemaVersion } from "../../api/answer-document.js";
import { asAskedFor } from "../../api/study-to-run.js";
import { version } from "../../api/version.js";
import { sha256Hex, sha256OfParts } from "../../core/canonical.js";
import { SweetspotError } from "../../core/errors.js";
import type { Goal } from "../../core/goal.js";
import { digestOf } from "../../runner/digest.js";
import { type ImportedRuns, runsOf } from "../../store/import/runs.js";
import { type Imported, importedStudy } from "../../store/import/study.js";
import { interpreted } from "../../store/import/tracked/runs.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { studyHash } from "../../study/resolve.js";
import { runsAt } from "../../trackers/find/find.js";
import { formatNames } from "../../trackers/find/formats.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { exitCode } from "../exit-codes.js";
import { goalOf } from "../goal-flags.js";
import { answersOf, typedAnswers } from "../import-answers.js";
import { openForWriting } from "../open-store.js";
import { choiceOf, isOn, type RawOptions, textOf, wholeOf } from "../options.js";
import type { Shell } from "../shell.js";
import { importedRows, renderImportedRuns } from "../terminal/imported-runs.js";
import { checkReport, present } from "./answer.js";

/** `sweetspot import PATH`: runs that were made elsewhere, stored and analysed as a study. */
export async function importRuns(shell: Shell, path: string, options: RawOptions): Promise<number> {
	const { environment } = shell;
	checkReport(shell, options);
	const goal = goalOf(options, environment);
	const examples = wholeOf(options, "examples", 1, environment);
	if (examples === undefined) {
		throw new SweetspotError(
			"usage/bad-value",
			"the size of the training set is not known",
			"say it with --examples N: it says what a full batch is, and how long an epoch",
		);
	}
	const { runs, notes, names, sha256 } = await read(path, examples, goal, options, environment);
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
	if (isOn(options, "dryRun", environment)) {
		const rows = importedRows(runs.runs, names, imported.trials);
		if (isOn(options, "json", environment)) shell.print(`${JSON.stringify({ schemaVersion, notes, runs: rows }, null, 2)}\n`);
		else shell.print(renderImportedRuns(shell.out, rows, goal));
		return exitCode.done;
	}
	const store = openForWriting(shell, options);
	try {
		present(shell, answerFrom(store, keep(shell, store, imported)), options);
		return exitCode.done;
	} finally {
		store.close();
	}
}

interface Read {
	readonly runs: ImportedRuns;
	/** Remarks for people. */
	readonly notes: readonly string[];
	/** Of each run, as its tracker has it; null of a table, which has none. */
	readonly names: readonly string[] | null;
	/** Of the table's bytes; of the runs themselves where a tracker kept them, in files that change whenever it looks at them. */
	readonly sha256: string;
}

async function read(path: string, examples: number, goal: Goal, options: RawOptions, environment: NodeJS.ProcessEnv): Promise<Read> {
	const found = await runsAt(path, readBytes, choiceOf(options, "from", formatNames, environment) ?? null);
	if ("table" in found) {
		const runs = runsOf(found.table, examples, goal);
		const { ignored } = runs.columns;
		const notes = ignored.length > 0 ? [`Left aside, since these columns mean nothing here: ${ignored.join(", ")}.`] : [];
		return { runs, notes, names: null, sha256: sha256Hex(found.bytes) };
	}
	const { runs, columns, notes, names } = interpreted(found.runs, examples, goal, answersOf(options, environment));
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
