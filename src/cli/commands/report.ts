import { join } from "node:path";
import { answerFrom } from "../../api/answer.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, storeFolder } from "../open-store.js";
import { choiceOf, type RawOptions, textOf } from "../options.js";
import type { Shell } from "../shell.js";

/** `sweetspot report ID`: the study's findings as one file. Prints its path. */
export async function report(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const format = choiceOf(options, "format", ["html", "md", "json"], shell.environment) ?? "html";
	const store = openExisting(shell, options, id);
	try {
		const stored = store.find(id);
		const file = textOf(options, "out", shell.environment) ?? join(storeFolder(shell, options), "reports", `${stored.id}.${format}`);
		answerFrom(store, stored).writeReport(file, format);
		shell.print(`${file}\n`);
		return exitCode.done;
	} finally {
		store.close();
	}
}
