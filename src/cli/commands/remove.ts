import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { removeStudy } from "../../api/remove-study.js";
import { SweetspotError } from "../../core/errors.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, openForWriting, storeFolder, takeInDetached } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";

/** `sweetspot remove ID`: deletes a study with all its trials, and the reports and logs of it that lie in the store, after asking. */
export async function remove(shell: Shell, id: string, options: RawOptions): Promise<number> {
	await takeInDetached(shell, options, id);
	openExisting(shell, options, id).close();
	const store = openForWriting(shell, options);
	try {
		const { id: whole, trials } = store.find(id);
		if (!isOn(options, "yes", shell.environment) && !(await confirmed(shell, `Remove ${whole} with its ${trials} trials? [y/N] `))) {
			shell.say("Nothing removed.");
			return exitCode.done;
		}
		removeStudy(store, whole);
		for (const format of ["html", "md", "json"])
			rmSync(join(storeFolder(shell, options), "reports", `${whole}.${format}`), { force: true });
		shell.say(`Removed ${whole} and its ${trials} trials.`);
		return exitCode.done;
	} finally {
		store.close();
	}
}

async function confirmed(shell: Shell, question: string): Promise<boolean> {
	if (!process.stdin.isTTY) {
		throw new SweetspotError("usage/bad-value", "there is no terminal to ask at whether to remove it", "say so with --yes");
	}
	const prompt = createInterface({ input: process.stdin, output: shell.err.stream });
	const answer = await prompt.question(question, { signal: shell.interrupt }).catch(() => "");
	prompt.close();
	return /^y(es)?$/i.test(answer.trim());
}
