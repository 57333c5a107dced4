import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
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

function pathOf(place: Place): string {
	if ("packaged" in place) return fileURLToPath(new URL(`../../data/${place.packaged}`, import.meta.url));
	return "path" in place ? place.path : join(installed[place.installed], place.file);
}
