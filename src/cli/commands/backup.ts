import { resolve } from "node:path";
import { replaceOutput } from "../../api/output-file.js";
import { copyStore } from "../../store/backup.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, storeFolder } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";

/** `sweetspot backup FILE`: all that the store has now, as one file. A study that runs goes on meanwhile. */
export async function backup(shell: Shell, file: string, options: RawOptions): Promise<number> {
	openExisting(shell, options, "backup").close();
	const output = {
		path: file,
		flag: "backup FILE",
		replaces: "backup",
		force: isOn(options, "force", shell.environment),
		unwritable: "export/unwritable",
	} as const;
	replaceOutput(output, (draft) => copyStore(resolve(storeFolder(shell, options)), draft));
	shell.print(`${file}\nTo go back to it, put it in place of studies.sqlite in an empty folder, and name that with --store.\n`);
	return exitCode.done;
}
