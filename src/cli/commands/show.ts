import { answerFrom } from "../../api/answer.js";
import { nextSteps } from "../../words/answer.js";
import { exitCode } from "../exit-codes.js";
import { openExisting } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { renderAnswer } from "../terminal/answer.js";

/** `sweetspot show ID`: the answer of a stored study, as far as its trials go. */
export async function show(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const store = openExisting(shell, options, id);
	try {
		const stored = store.find(id);
		const answer = answerFrom(store, stored);
		if (isOn(options, "json", shell.environment)) shell.print(answer.report("json"));
		else
			shell.print(
				renderAnswer(shell.out, stored, answer.findings, {
					report: null,
					bestSeen: answer.bestSeen,
					next: nextSteps(answer.findings, stored),
				}),
			);
		return exitCode.done;
	} finally {
		store.close();
	}
}
