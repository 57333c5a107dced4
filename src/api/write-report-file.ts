import { writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { SweetspotError } from "../core/errors.js";
import { makeFolder } from "../store/make-folder.js";

/** Writes a report, and the folders above it. Throws `report/unwritable`. */
export function writeReportFile(file: string, text: string): void {
	try {
		makeFolder(resolve(dirname(file)));
		writeFileSync(file, text);
	} catch (cause) {
		throw new SweetspotError("report/unwritable", `${file} (${(cause as Error).message})`, "name a writable file with --out", { cause });
	}
}
