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
		if (statSync(candidate, { throwIfNoEntry: false })?.isDirectory()) return candidate;
		if (dirname(at) === at) return join(start, folder);
	}
}
