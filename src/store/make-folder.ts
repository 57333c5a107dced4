import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder, with those above it, where it is missing. Throws Node's errors. Node's own recursive `mkdirSync` never returns where the
 * system reports "no such folder" for one that is there, as `/proc` does.
 */
export function makeFolder(path: string, mode = 0o777): void {
	if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
	if (dirname(path) !== path) makeFolder(dirname(path), mode);
	try {
		mkdirSync(path, { mode });
	} catch (error) {
		if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error; // otherwise another process made it first
	}
}
