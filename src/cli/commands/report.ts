import { join } from "node:path";
import { renderReport } from "../../report/html.js";
import { renderMarkdown } from "../../report/markdown.js";
import { findingsOf } from "../../runner/findings.js";
import { tradeoffDesign } from "../../study/tradeoff/design.js";
import { answerDocument } from "../documents.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, storeFolder } from "../open-store.js";
import { choiceOf, type RawOptions, textOf } from "../options.js";
import type { Shell } from "../shell.js";
import { reportInput, writeReport } from "./answer.js";

/** `sweetspot report ID`: the study's findings as one file. Prints its path. */
export async function report(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const format = choiceOf(options, "format", ["html", "md", "json"], shell.environment) ?? "html";
	const store = openExisting(shell, options, id);
	try {
		const stored = store.find(id);
		const trials = store.trials(stored.id);
		const input = reportInput(store, stored, findingsOf(stored, store, tradeoffDesign, trials), trials);
		const text = {
			html: () => renderReport(input),
			md: () => renderMarkdown(input),
			json: () => `${JSON.stringify(answerDocument(stored, input.findings, trials), null, 2)}\n`,
		}[format]();
		const file = textOf(options, "out", shell.environment) ?? join(storeFolder(shell, options), "reports", `${stored.id}.${format}`);
		writeReport(file, text);
		shell.print(`${file}\n`);
		return exitCode.done;
	} finally {
		store.close();
	}
}
