import { dirname, resolve } from "node:path";
import { SweetspotError } from "../core/errors.js";
import { makeFolder } from "../store/make-folder.js";
import { checkOutput, type OutputFile, writeOutput } from "./output-file.js";

/** A report where a user names a file for it. */
export const reportFile = (path: string, { force = false } = {}): OutputFile => ({
	path,
	flag: "--out",
	replaces: "report",
	force,
	unwritable: "report/unwritable",
});

/** Writes a report, and the folders above it. Throws `report/unwritable`, and `output/refused` where something else is there. */
export function writeReportFile(file: OutputFile, text: string): void {
	checkOutput(file);
	try {
		makeFolder(resolve(dirname(file.path)));
	} catch (cause) {
		throw new SweetspotError("report/unwritable", `${file.path} (${(cause as Error).message})`, "name a writable file with --out", {
			cause,
		});
	}
	writeOutput(file, [text]);
}
