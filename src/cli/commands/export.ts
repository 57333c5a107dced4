import { closeSync, openSync, writeSync } from "node:fs";
import { SweetspotError } from "../../core/errors.js";
import type { FinishedTrial } from "../../core/trial.js";
import { csvLines } from "../../store/export/csv.js";
import { jsonParts, type StoredContents } from "../../store/export/json.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { exitCode } from "../exit-codes.js";
import { openExisting } from "../open-store.js";
import { choiceOf, type RawOptions, textOf } from "../options.js";
import type { Shell } from "../shell.js";

/** `sweetspot export ID`: a study's trials and evaluations, on standard output or in a file. */
export async function exportStudy(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const format = choiceOf(options, "format", ["csv", "json"], shell.environment) ?? "csv";
	const file = textOf(options, "out", shell.environment);
	const store = openExisting(shell, options, id);
	try {
		const stored = store.find(id);
		const trials = store.trials(stored.id);
		const parts = format === "csv" ? csvLines(trials) : jsonParts(contentsOf(store, stored, trials));
		if (file === undefined) for (const part of parts) shell.print(part);
		else {
			write(file, parts);
			shell.print(`${file}\n`);
		}
		return exitCode.done;
	} finally {
		store.close();
	}
}

const contentsOf = (store: Store, stored: StoredStudy, trials: readonly FinishedTrial[]): StoredContents => ({
	stored,
	calibration: store.calibration(stored.id),
	extensions: store.extensions(stored.id),
	testResults: store.testResults(stored.id),
	trials,
});

function write(file: string, parts: Iterable<string>): void {
	try {
		const descriptor = openSync(file, "w");
		try {
			for (const part of parts) writeSync(descriptor, part);
		} finally {
			closeSync(descriptor);
		}
	} catch (cause) {
		throw new SweetspotError("export/unwritable", `${file} (${(cause as Error).message})`, "name a writable file with --out", { cause });
	}
}
