import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SweetspotError } from "../core/errors.js";
import type { Place, ReadBytes } from "../data/source.js";

/** Absolute paths, from such as are relative to `folder` and from `file:` URLs. */
export const pathsFrom =
	(folder: string) =>
	(path: string): string =>
		path.startsWith("file:") ? fileURLToPath(path) : resolve(folder, path);

/** Where Debian's packages install data sets. */
const installed = { "fashion-mnist": "/usr/share/datasets/fashion-mnist" } as const;

/** Reads files from disk. */
export const readBytes: ReadBytes = async (place) => {
	const file = pathOf(place);
	try {
		return new Uint8Array(await readFile(file));
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		throw new SweetspotError("data/damaged", `${file} (${code ?? "unknown reason"})`, "name a file that you may read", { cause });
	}
};

/** Where a data set that no package has is looked for: `sweetspot/NAME` in the user's cache, by the XDG Base Directory Specification. */
export const keptFolder = (name: string, { XDG_CACHE_HOME: cache }: NodeJS.ProcessEnv = process.env): string =>
	join(cache !== undefined && isAbsolute(cache) ? cache : join(homedir(), ".cache"), "sweetspot", name);

function pathOf(place: Place): string {
	if ("kept" in place) return join(keptFolder(place.kept), place.file);
	if ("packaged" in place) return fileURLToPath(new URL(`../../data/${place.packaged}`, import.meta.url));
	return "path" in place ? place.path : join(installed[place.installed], place.file);
}
