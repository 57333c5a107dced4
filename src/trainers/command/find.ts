import { createHash } from "node:crypto";
import { constants, createReadStream, type Stats } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { canonicalJson, sha256Hex } from "../../core/canonical.js";
import { SweetspotError } from "../../core/errors.js";
import { placeholdersOf } from "../../study/workloads/command/placeholders.js";
import type { CommandWorkload, FoundCommand } from "../../study/workloads/command/workload.js";

/** Of a larger file, such as data, only the size counts: reading it all would take as long as training on it. */
const largestReadBytes = 2 ** 24;

/** In the text of a script that takes its trial from elsewhere than its arguments: the variable, or the Python client. */
const trialReader = /SWEETSPOT_TRIAL|\b(?:import|from)\s+sweetspot\b/;

/**
 * Looks for a command's program as the system will, and into the files that its arguments name. The script is one of them, and where one
 * was edited the study is another. Throws `trainer/not-found` where there is no such program, or no such folder to run it in.
 */
export async function findCommand({ command, directory, environment }: CommandWorkload): Promise<FoundCommand> {
	if (!(await statOf(directory))?.isDirectory())
		throw new SweetspotError(
			"trainer/not-found",
			`${directory} is no folder`,
			"check `workload.directory`: a path relative to the study file",
		);
	const [program, ...rest] = command;
	if (placeholdersOf(program).length === 0) await requireProgram(program, directory, environment?.PATH ?? process.env.PATH ?? "");
	const files: string[] = [];
	const contents: unknown[] = [];
	let readsTrial = false;
	// An interpreter is no part of the study; a program that lies in the folder is.
	const named = program.includes("/") && !isAbsolute(program) ? command : rest;
	for (const argument of named) {
		for (const path of new Set([argument, argument.slice(argument.indexOf("=") + 1)])) {
			const file = resolve(directory, path);
			const found = path === "" ? null : await statOf(file);
			if (!found?.isFile()) continue;
			const { sha256, reads } = await contentOf(file, found);
			files.push(file);
			contents.push([argument, sha256]);
			readsTrial ||= reads;
		}
	}
	return { sha256: sha256Hex(canonicalJson(contents as never)), files, readsTrial };
}

/** Throws where the command isn't there any more, or is not what the study began with. */
export async function requireUnchanged(workload: CommandWorkload, sha256: string): Promise<void> {
	const found = await findCommand(workload);
	if (found.sha256 === sha256) return;
	throw new SweetspotError(
		"trainer/changed",
		`one of ${found.files.join(", ") || "its files"} was edited since`,
		"its earlier trials can't be compared with new ones: start a study of its own with `sweetspot tune`",
	);
}

async function requireProgram(program: string, directory: string, path: string): Promise<void> {
	const places = program.includes("/")
		? [resolve(directory, program)]
		: path.split(delimiter).map((folder) => join(resolve(directory, folder), program));
	let lying: string | null = null;
	for (const place of places) {
		if (!(await statOf(place))?.isFile()) continue;
		try {
			await access(place, constants.X_OK);
			return;
		} catch {
			lying = place;
		}
	}
	if (lying !== null)
		throw new SweetspotError(
			"trainer/not-found",
			`${lying} may not be executed`,
			`make it executable, \`chmod +x ${lying}\`, or name its interpreter first in \`workload.command\``,
		);
	throw new SweetspotError(
		"trainer/not-found",
		program.includes("/") ? `${places[0]} (ENOENT)` : `no program "${program}" on the PATH`,
		"check the first word of `workload.command`: a program on the PATH, or a path relative to `workload.directory` (by default the study file's folder)",
	);
}

const statOf = async (path: string): Promise<Stats | null> => await stat(path).catch(() => null);

async function contentOf(file: string, { size }: Stats): Promise<{ readonly sha256: string; readonly reads: boolean }> {
	if (size > largestReadBytes) return { sha256: `${size} bytes`, reads: false };
	const hash = createHash("sha256");
	let text = "";
	try {
		for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
			hash.update(chunk);
			text += chunk.toString("latin1");
		}
	} catch (cause) {
		throw new SweetspotError("trainer/not-found", `${file} (${(cause as NodeJS.ErrnoException).code})`, "name files that you may read", {
			cause,
		});
	}
	return { sha256: hash.digest("hex"), reads: trialReader.test(text) };
}
