import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** In a store's folder, what only the store itself writes. */
const own = /^(studies\.sqlite.*|writer\..*|server\.json.*|summaries\.json.*|live|logs|running|elsewhere)$/;

/**
 * The folder of the store that this file is a part of, by where it lies: the database, the lock, what scripts left. Null for every other
 * file, the reports in the store's folder among them. `path`: absolute, without links.
 */
export function storeHolding(path: string): string | null {
	for (let [folder, part] = [dirname(path), basename(path)]; ; [folder, part] = [dirname(folder), basename(folder)]) {
		const isStore = basename(folder) === ".sweetspot" || existsSync(join(folder, "studies.sqlite"));
		if (isStore && own.test(part)) return folder;
		if (dirname(folder) === folder) return null;
	}
}
