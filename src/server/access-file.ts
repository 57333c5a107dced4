import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Listening } from "./listen.js";

const fileIn = (folder: string): string => join(folder, "server.json");

/**
 * Writes where the server is, and its token, for other programs of the same user: `server.json` in the store's folder, which only its owner
 * can read. If several servers run, the last one owns the file. Returns the file; null where it can't be written.
 */
export function writeAccessFile(folder: string, { address, token }: Listening): string | null {
	const file = fileIn(folder);
	const draft = `${file}.${process.pid}`;
	try {
		rmSync(draft, { force: true });
		writeFileSync(draft, `${JSON.stringify({ address, token, pid: process.pid })}\n`, { mode: 0o600, flag: "wx" });
		renameSync(draft, file);
		return file;
	} catch {
		return null; // there is no store yet, or its folder is read-only
	}
}

/** Removes the file, unless another server has written it since. */
export function removeAccessFile(folder: string, { token }: Listening): void {
	try {
		if ((JSON.parse(readFileSync(fileIn(folder), "utf8")) as { token?: unknown }).token === token) rmSync(fileIn(folder));
	} catch {} // it is gone
}
