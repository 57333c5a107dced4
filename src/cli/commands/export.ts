import { checkDigest } from "../../api/check-digest.js";
import { checkOutput, type OutputFile, writeOutput } from "../../api/output-file.js";
import { checkOutputFolder, writeOutputFolder } from "../../api/output-folder.js";
import { SweetspotError } from "../../core/errors.js";
import type { FinishedTrial } from "../../core/trial.js";
import { csvLines } from "../../store/export/csv.js";
import { jsonParts, type StoredContents } from "../../store/export/json.js";
import { optunaJournal } from "../../store/export/optuna.js";
import { tensorboardFiles } from "../../store/export/tensorboard.js";
import { wholeRuns } from "../../store/export/whole-runs.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, takeInDetached } from "../open-store.js";
import { choiceOf, isOn, type RawOptions, textOf } from "../options.js";
import type { Shell } from "../shell.js";

const formats = ["csv", "json", "parquet", "optuna", "tensorboard"] as const;

/** `sweetspot export ID`: a study's trials and evaluations, on standard output, in a file, or for TensorBoard in a folder. */
export async function exportStudy(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const format = choiceOf(options, "format", formats, shell.environment) ?? "csv";
	const file = fileNamed(shell, options);
	if (file === undefined && (format === "parquet" || format === "tensorboard"))
		throw new SweetspotError(
			"usage/bad-value",
			`${format} is nothing to print`,
			`say where to write it: \`--out ${format === "parquet" ? "runs.parquet" : "FOLDER"}\``,
		);
	if (file && format === "tensorboard") checkOutputFolder(file);
	else if (file) checkOutput(file);
	await takeInDetached(shell, options, id);
	const store = openExisting(shell, options, id);
	try {
		const stored = store.find(id);
		const trials = store.trials(stored.id);
		if (file && format === "tensorboard") {
			writeOutputFolder(file, tensorboardFiles(wholeRuns(trials), Date.parse(stored.created) / 1000));
			shell.print(`${file.path}\n`);
			return exitCode.done;
		}
		const parts = await partsOf(format, store, stored, trials);
		if (file === undefined) {
			readAll(store, stored, trials);
			for (const part of parts) shell.out.stream.write(part); // as it is: a table of numbers ends its lines by CR LF
		} else {
			writeOutput(file, parts);
			shell.print(`${file.path}\n`);
		}
		return exitCode.done;
	} finally {
		store.close();
	}
}

async function partsOf(
	format: (typeof formats)[number],
	store: Store,
	stored: StoredStudy,
	trials: readonly FinishedTrial[],
): Promise<Iterable<string | Uint8Array>> {
	if (format === "json") return jsonParts(contentsOf(store, stored, trials));
	if (format === "optuna") return optunaJournal(stored.study.name, wholeRuns(trials), stored.study.goal, stored.created);
	// Loaded when it is asked for: start-up stays short.
	return format === "parquet" ? [(await import("../../store/export/parquet.js")).parquetBytes(trials)] : csvLines(trials);
}

/** What is printed can't be taken back: all of it is read, and so held against its checksums, before any of it is printed. */
function readAll(store: Store, stored: StoredStudy, trials: readonly FinishedTrial[]): void {
	checkDigest(store, stored, trials);
	for (const { result } of trials) result.evaluations.at(0);
}

const contentsOf = (store: Store, stored: StoredStudy, trials: readonly FinishedTrial[]): StoredContents => ({
	stored,
	calibration: store.calibration(stored.id),
	extensions: store.extensions(stored.id),
	testResults: store.testResults(stored.id),
	trials,
});

function fileNamed(shell: Shell, options: RawOptions): OutputFile | undefined {
	const path = textOf(options, "out", shell.environment);
	if (path === undefined) return undefined;
	const force = isOn(options, "force", shell.environment);
	return { path, flag: "--out", replaces: "export", force, unwritable: "export/unwritable" };
}
