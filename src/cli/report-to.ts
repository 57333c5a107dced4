import { join } from "node:path";
import type { OutputFile } from "../api/output-file.js";
import { reportFile } from "../api/write-report-file.js";
import { storeFolder } from "./open-store.js";
import { isOn, type RawOptions, textOf } from "./options.js";
import type { Shell } from "./shell.js";

/** Where a report goes: to the file that was named, else to `name` among the store's reports, where what is there is always ours. */
export function reportTo(shell: Shell, options: RawOptions, name: string): OutputFile {
	const named = textOf(options, "out", shell.environment);
	if (named === undefined) return reportFile(join(storeFolder(shell, options), "reports", name), { force: true });
	return reportFile(named, { force: isOn(options, "force", shell.environment) });
}
