import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The path itself where it is a file, else the first file below it, by name. */
export function firstFile(path: string): string {
	if (!statSync(path).isDirectory()) return path;
	const [first] = readdirSync(path).sort();
	return firstFile(join(path, first));
}
