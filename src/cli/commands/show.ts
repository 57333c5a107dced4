import { answerFrom } from "../../api/answer.js";
import { checkDigest } from "../../api/check-digest.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, takeInDetached } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { renderAnswer } from "../terminal/answer.js";

/** Trials of a study whose digest is compared whenever it is shown. */
const mostCompared = 2000;

/** `sweetspot show ID`: the answer of a stored study, as far as its trials go. */
export async function show(shell: Shell, id: string, options: RawOptions): Promise<number> {
	await takeInDetached(shell, options, id);
	const store = openExisting(shell, options, id);
	try {
		const answer = answerFrom(store, store.find(id));
		// Rows have checksums of their own; of a large study the digest takes longer than its answer, and is left to `doctor`.
		if (answer.trials.length <= mostCompared) checkDigest(store, answer.study, answer.trials);
		if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify(answer.document, null, 2)}\n`);
		else shell.print(renderAnswer(shell.out, answer.view, { report: null, withAdvice: true }));
		return exitCode.done;
	} finally {
		store.close();
	}
}
