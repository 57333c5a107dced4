import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { foldersWithoutRuns } from "../../../trackers/find/walk.js";

/** A search that sees more than this takes too long to be repeated while a script runs. */
const mostEntries = 20_000;

/** Thrown where a search would see too many files. */
export class TooManyFiles extends Error {}

/**
 * Files that match, by paths relative to the root, in the order of their names. `*` and `?` stand for parts of a name, `**` for any
 * folders. What they stand for is no link and begins with no dot; a name that is written out may be a link. Throws `TooManyFiles`.
 */
export function filesMatching(root: string, pattern: string): readonly string[] {
	const segments = pattern.split("/").filter((segment) => segment !== "" && segment !== ".");
	const found = new Set<string>();
	let seen = 0;
	const entriesOf = (folder: string): readonly Dirent[] => {
		const entries = entriesIn(join(root, folder));
		seen += entries.length;
		if (seen > mostEntries) throw new TooManyFiles();
		return entries;
	};
	const visit = (folder: string, at: number): void => {
		const segment = segments[at];
		const isLast = at === segments.length - 1;
		const below = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
		if (segment === "**") {
			if (isLast) return;
			visit(folder, at + 1);
			for (const entry of entriesOf(folder)) if (isSearched(entry)) visit(below(entry.name), at);
		} else if (/[*?]/.test(segment)) {
			const name = nameLike(segment);
			for (const entry of entriesOf(folder)) {
				if (!name.test(entry.name)) continue;
				if (isLast && entry.isFile()) found.add(below(entry.name));
				else if (!isLast && isSearched(entry)) visit(below(entry.name), at + 1);
			}
		} else if (!isLast) visit(below(segment), at + 1);
		else if (isFile(join(root, below(segment)))) found.add(below(segment));
	};
	if (segments.length > 0) visit("", 0);
	return [...found].sort();
}

const isSearched = (entry: Dirent): boolean => entry.isDirectory() && !entry.name.startsWith(".") && !foldersWithoutRuns.has(entry.name);

const nameLike = (segment: string): RegExp => {
	const source = segment
		.replace(/[\\^$.|+()[\]{}]/g, "\\$&")
		.replace(/\*+/g, ".*")
		.replaceAll("?", ".");
	return new RegExp(`^(?!\\.)${source}$`, "s");
};

/** None where there is no such folder, or none yet. */
function entriesIn(folder: string): readonly Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch {
		return [];
	}
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
