import { findingsOf } from "../../runner/findings.js";
import { tradeoffDesign } from "../../study/tradeoff/design.js";
import { answerDocument } from "../documents.js";
import { exitCode } from "../exit-codes.js";
import { openExisting } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { renderAnswer } from "../terminal/answer.js";
import { bestOfMissed } from "./answer.js";

/** `sweetspot show ID`: the answer of a stored study, as far as its trials go. */
export async function show(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const store = openExisting(shell, options, id);
	try {
		const stored = store.find(id);
		const trials = store.trials(stored.id);
		const findings = findingsOf(stored, store, tradeoffDesign, trials);
		if (isOn(options, "json")) shell.print(`${JSON.stringify(answerDocument(stored, findings, trials), null, 2)}\n`);
		else shell.print(renderAnswer(shell.out, stored, findings, { report: null, bestSeen: bestOfMissed(stored, findings, trials) }));
		return exitCode.done;
	} finally {
		store.close();
	}
}
