import { open } from "node:fs/promises";
import { homedir, totalmem } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SweetspotError } from "../core/errors.js";
import { joined, tooLarge } from "../data/bytes.js";
import type { Place, ReadBytes } from "../data/source.js";

/** Absolute paths, from such as are relative to `folder` and from `file:` URLs. */
export const pathsFrom =
	(folder: string) =>
	(path: string): string =>
		path.startsWith("file:") ? fileURLToPath(path) : resolve(folder, path);

/** Where Debian's packages install data sets. */
const installed = { "fashion-mnist": "/usr/share/datasets/fashion-mnist" } as const;

/** Reads files from disk. Pipes are read to their end; a device, such as /dev/zero, may have none. */
const readFrom = async (place: Place): Promise<Uint8Array | null> => {
	const file = pathOf(place);
	try {
		const handle = await open(file);
		try {
			const found = await handle.stat();
			if (!found.isFile() && !found.isFIFO())
				throw new SweetspotError("data/damaged", `${file} is ${found.isDirectory() ? "a folder" : "a device"}, not a file`, "name a file");
			const most = mostBytes();
			if (found.size > most) throw tooLarge(`${file} has ${found.size} bytes`, most);
			const parts: Buffer[] = [];
			let length = 0;
			for await (const part of handle.createReadStream({ autoClose: false, highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
				parts.push(part);
				length += part.length;
				if (length > most) throw tooLarge(`${file} has ${length} bytes or more`, most);
			}
			return joined(parts, length);
		} finally {
			await handle.close();
		}
	} catch (cause) {
		if (cause instanceof SweetspotError) throw cause;
		const { code } = cause as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		throw new SweetspotError("data/damaged", `${file} (${code ?? "unknown reason"})`, "name a file that you may read", { cause });
	}
};

/** The memory limit for data: `--max-bytes`, else half of the memory that this process may use. */
function mostBytes(): number {
	const said = Number(process.env.SWEETSPOT_MAX_BYTES);
	if (said > 0) return said;
	const limit = process.constrainedMemory();
	return Math.floor(Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / 2);
}

export const readBytes: ReadBytes = Object.defineProperty(readFrom, "mostBytes", { get: mostBytes, enumerable: true });

/** Where a data set that no package has is looked for: `sweetspot/NAME` in the user's cache, by the XDG Base Directory Specification. */
export const keptFolder = (name: string, { XDG_CACHE_HOME: cache }: NodeJS.ProcessEnv = process.env): string =>
	join(cache !== undefined && isAbsolute(cache) ? cache : join(homedir(), ".cache"), "sweetspot", name);

function pathOf(place: Place): string {
	if ("kept" in place) return join(keptFolder(place.kept), place.file);
	if ("packaged" in place) return fileURLToPath(new URL(`../../data/${place.packaged}`, import.meta.url));
	return "path" in place ? place.path : join(installed[place.installed], place.file);
}
