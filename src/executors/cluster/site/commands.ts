import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SweetspotError } from "../../../core/errors.js";

/** A site's system that is busy answers late. */
const longestAnswerMilliseconds = 60_000;

/**
 * Runs one of a site's commands, with no shell in between, and returns what it printed. Throws `cluster/unusable` where there is no such
 * program, another error where it fails.
 */
export function printedBy(name: string, [program = "", ...rest]: readonly string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		execFile(program, rest, { timeout: longestAnswerMilliseconds, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
			if (error === null) return resolve(stdout);
			const { code } = error as NodeJS.ErrnoException;
			if (code === "ENOENT" || code === "EACCES") return reject(noProgram(name, program, code));
			const said = `${stderr}\n${stdout}`.trim().split("\n").slice(-5).join("; ").slice(0, 500);
			reject(new Error(`${program}: ${said || (error.killed ? "no answer within a minute" : `exit code ${error.code}`)}`));
		});
	});
}

/** Throws `cluster/unusable` where there is no program that the command could run. */
export function requireProgram(name: string, [program = ""]: readonly string[]): void {
	const places = program.includes("/") ? [program] : (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, program));
	const there = places.filter((place) => statSync(place, { throwIfNoEntry: false })?.isFile());
	if (there.length === 0) throw noProgram(name, program, "ENOENT");
	if (!there.some(isExecutable)) throw noProgram(name, program, "EACCES");
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

const noProgram = (name: string, program: string, code: "ENOENT" | "EACCES"): SweetspotError =>
	code === "EACCES"
		? new SweetspotError(
				"cluster/unusable",
				`${program} of cluster.command.${name} may not be executed`,
				`make it executable: \`chmod +x ${program}\``,
			)
		: new SweetspotError(
				"cluster/unusable",
				`there is no program ${program}`,
				`correct the first word of \`cluster.command.${name}\`: a program on the PATH, or a path relative to the study file`,
			);
