import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SweetspotError } from "../../core/errors.js";

/** Folders that hold no runs, and many files. */
export const foldersWithoutRuns: ReadonlySet<string> = new Set([
	"node_modules",
	".git",
	"__pycache__",
	".venv",
	"venv",
	"site-packages",
	"artifacts",
]);
const mostDepth = 12;
const mostFiles = 200_000;

/** Every file below a folder, by paths relative to it, in the order of their names. Links are not followed. Throws `import/unusable`. */
export async function filesBelow(root: string): Promise<string[]> {
	const files: string[] = [];
	const visit = async (folder: string, depth: number): Promise<void> => {
		const entries = await readdir(join(root, folder), { withFileTypes: true });
		for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
			const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
			if (entry.isFile()) files.push(path);
			else if (entry.isDirectory() && depth < mostDepth && !foldersWithoutRuns.has(entry.name)) await visit(path, depth + 1);
			if (files.length > mostFiles)
				throw new SweetspotError(
					"import/unusable",
					`${root} has more than ${mostFiles} files`,
					"name the folder below it that holds the runs",
				);
		}
	};
	await visit("", 0);
	return files;
}
