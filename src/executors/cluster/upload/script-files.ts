import { statSync } from "node:fs";
import { isAbsolute, resolve, sep } from "node:path";
import { SweetspotError } from "../../../core/errors.js";
import type { CommandWorkload } from "../../../study/workloads/command/workload.js";
import { type FolderFile, folderFiles } from "./folder-files.js";

/**
 * What a script's jobs need of its folder. `store`: left out. Throws `cluster/unusable` where its command names a file that the jobs would
 * not find.
 */
export function scriptFiles({ command, directory }: CommandWorkload, store: string | null): readonly FolderFile[] {
	const files = folderFiles(directory, store);
	const names = new Set(files.map(({ name }) => resolve(directory, name)));
	const [program, ...rest] = command;
	// An interpreter is the nodes' own.
	const named = program.includes("/") && !isAbsolute(program) ? command : rest;
	for (const argument of named)
		for (const path of new Set([argument, argument.slice(argument.indexOf("=") + 1)])) {
			const file = resolve(directory, path);
			if (path === "" || !isFile(file)) continue;
			if (!file.startsWith(`${directory}${sep}`))
				throw refused(`the command names ${path}, which is not in the folder that is uploaded, ${directory}`, "move it into that folder");
			if (isAbsolute(path))
				throw refused(`the command names ${path}, a path of this machine`, `write it relative to ${directory}, which is uploaded`);
			if (!names.has(file))
				throw refused(
					`the command names ${path}, which isn't uploaded: .gitignore leaves it out, it is a link, or its name is that of a secret`,
					"copy it under another name, or change .gitignore",
				);
		}
	return files;
}

const isFile = (path: string): boolean => {
	try {
		return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
	} catch {
		return false; // a path through a file
	}
};

const refused = (detail: string, fix: string): SweetspotError =>
	new SweetspotError("cluster/unusable", detail, `${fix}, or use a folder that the nodes see: \`cluster.folder\` without \`ray.upload\``);
