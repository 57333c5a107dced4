import { studiesDocument } from "../documents.js";
import { exitCode } from "../exit-codes.js";
import { openForReading, storeFolder, takeInDetached } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { renderStudies } from "../terminal/studies-table.js";

/** `sweetspot studies`: what the store has, newest first. */
export async function studies(shell: Shell, options: RawOptions): Promise<number> {
	await takeInDetached(shell, options);
	const store = openForReading(shell, options);
	const stored = store?.list() ?? [];
	store?.close();
	if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify(studiesDocument(stored), null, 2)}\n`);
	else if (stored.length > 0) shell.print(renderStudies(shell.out, stored));
	else shell.say(`No studies in ${storeFolder(shell, options)} yet: \`sweetspot tune\` makes the first.`);
	return exitCode.done;
}
