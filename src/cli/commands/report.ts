import { answerFrom } from "../../api/answer.js";
import { checkOutput } from "../../api/output-file.js";
import { writeReportFile } from "../../api/write-report-file.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, takeInDetached } from "../open-store.js";
import { choiceOf, type RawOptions } from "../options.js";
import { reportTo } from "../report-to.js";
import type { Shell } from "../shell.js";

/** `sweetspot report ID`: the study's findings as one file. Prints its path. */
export async function report(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const format = choiceOf(options, "format", ["html", "md", "json"], shell.environment) ?? "html";
	await takeInDetached(shell, options, id);
	const store = openExisting(shell, options, id);
	try {
		const stored = store.find(id);
		const file = reportTo(shell, options, `${stored.id}.${format}`);
		checkOutput(file);
		writeReportFile(file, answerFrom(store, stored).report(format));
		shell.print(`${file.path}\n`);
		return exitCode.done;
	} finally {
		store.close();
	}
}
