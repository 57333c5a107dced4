import { basename, extname, resolve } from "node:path";
import { objectiveNames } from "../../analysis/objectives.js";
import { answerFrom } from "../../api/answer.js";
import { asAskedFor } from "../../api/study-to-run.js";
import { version } from "../../api/version.js";
import { sha256Hex } from "../../core/canonical.js";
import { SweetspotError } from "../../core/errors.js";
import { unpacked } from "../../data/bytes.js";
import { readTable } from "../../data/csv/reader.js";
import { digestOf } from "../../runner/digest.js";
import { runsOf } from "../../store/import/runs.js";
import { type Imported, importedStudy } from "../../store/import/study.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { studyHash } from "../../study/resolve.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { exitCode } from "../exit-codes.js";
import { goalOf } from "../goal-flags.js";
import { openForWriting } from "../open-store.js";
import { choiceOf, type RawOptions, textOf, wholeOf } from "../options.js";
import type { Shell } from "../shell.js";
import { checkReport, present } from "./answer.js";

/** `sweetspot import FILE.csv`: runs that were made elsewhere, stored and analysed as a study. */
export async function importRuns(shell: Shell, file: string, options: RawOptions): Promise<number> {
	const { environment } = shell;
	checkReport(shell, options);
	const goal = goalOf(options, environment);
	const examples = wholeOf(options, "examples", 1, environment);
	if (examples === undefined) {
		throw new SweetspotError(
			"usage/bad-value",
			"the size of the training set is not known",
			"say it with --examples N: it tells what a full batch is, and how long an epoch",
		);
	}
	const bytes = await readBytes({ path: resolve(file) });
	if (!bytes) throw new SweetspotError("data/not-found", file, "check the path of the table with the runs");
	const runs = runsOf(readTable(await unpacked(bytes, file, readBytes.mostBytes), file, null), examples, goal);
	const imported = importedStudy(runs, {
		name:
			textOf(options, "name", environment) ??
			(basename(file.replace(/\.gz$/, ""), extname(file.replace(/\.gz$/, ""))).slice(0, 80) || "imported"),
		file: basename(file),
		sha256: sha256Hex(bytes),
		examples,
		goal,
		objective: choiceOf(options, "objective", objectiveNames, environment) ?? null,
	});
	const { ignored } = runs.columns;
	if (ignored.length > 0) shell.say(`Left aside, since these columns mean nothing here: ${ignored.join(", ")}.`);
	const store = openForWriting(shell, options);
	try {
		present(shell, answerFrom(store, keep(shell, store, imported)), options);
		return exitCode.done;
	} finally {
		store.close();
	}
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
	shell.say(`Imported ${trials.length} runs as ${id}.`);
	return store.find(id);
}
