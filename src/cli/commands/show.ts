import { answerFrom } from "../../api/answer.js";
import { exitCode } from "../exit-codes.js";
import { openExisting } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { renderAnswer } from "../terminal/answer.js";

/** `sweetspot show ID`: the answer of a stored study, as far as its trials go. */
export async function show(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const store = openExisting(shell, options, id);
	try {
		const answer = answerFrom(store, store.find(id));
		if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify(answer.document, null, 2)}\n`);
		else shell.print(renderAnswer(shell.out, answer.view, { report: null, withAdvice: true }));
		return exitCode.done;
	} finally {
		store.close();
	}
}
