import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const folder = ".sweetspot";

/**
 * The folder of the store that a command run in `workingFolder` means: the nearest `.sweetspot` in it or above it, as git finds its own,
 * else `.sweetspot` in it, which needn't exist yet. An absolute path.
 */
export function locateStore(workingFolder: string): string {
	const start = resolve(workingFolder);
	for (let at = start; ; at = dirname(at)) {
		const candidate = join(at, folder);
		if (isStore(candidate)) return candidate;
		if (dirname(at) === at) return join(start, folder);
	}
}

/** A path that can't be examined, such as a loop of links, counts as one: opening it reports what is wrong. */
function isStore(path: string): boolean {
	try {
		return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
	} catch {
		return true;
	}
}
