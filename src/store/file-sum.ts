import { closeSync, fstatSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { damaged } from "./failures.js";

/** Kept next to the store's file while no one writes to it: the file's length and its checksum. */
const nextTo = (path: string): string => `${path}.checksum`;

const chunkBytes = 2 ** 20;

/**
 * Descriptors of stores, by file. They stay open for as long as their file exists: when a process closes any descriptor of a file, POSIX
 * ends all locks that it has on it, those of SQLite's connections too. A writer elsewhere then takes itself for the last one at the file
 * and removes its log, which these connections go on reading.
 */
const descriptors = new Map<string, number>();

/** Throws where the file can't be opened. */
function descriptorOf(path: string): number {
	for (const [file, descriptor] of descriptors) {
		if (fstatSync(descriptor).nlink > 0) continue;
		closeSync(descriptor);
		descriptors.delete(file);
	}
	const identityOf = ({ dev, ino }: { readonly dev: number; readonly ino: number }) => `${dev} ${ino}`;
	const known = descriptors.get(identityOf(statSync(path)));
	if (known !== undefined) return known;
	const descriptor = openSync(path, "r");
	descriptors.set(identityOf(fstatSync(descriptor)), descriptor);
	return descriptor;
}

function sumOf(path: string): string {
	const descriptor = descriptorOf(path);
	const chunk = Buffer.allocUnsafe(chunkBytes);
	let [sum, length] = [0, 0];
	for (let count = readSync(descriptor, chunk, 0, chunkBytes, 0); count > 0; count = readSync(descriptor, chunk, 0, chunkBytes, length)) {
		sum = crc32(chunk.subarray(0, count), sum);
		length += count;
	}
	return `${length} ${sum}\n`;
}

/** To be called when the file is closed and its log is merged. A failure to write does no harm: the file is then not checked. */
export function keepFileSum(path: string): void {
	try {
		if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
		writeFileSync(`${nextTo(path)}.part`, sumOf(path), { mode: 0o600 });
		renameSync(`${nextTo(path)}.part`, nextTo(path));
	} catch {}
}

/** To be called before anything is written to the file. */
export const dropFileSum = (path: string): void => rmSync(nextTo(path), { force: true });

/**
 * Throws `store/damaged` if the file isn't the one that was closed. This is checked before SQLite reads it: a page with a flipped bit can
 * have any effect, and its library ends this process over a text that isn't UTF-8. Nothing is compared while a process writes, or after a
 * kill: then only the checksums of the rows protect them.
 */
export function requireFileSum(path: string): void {
	const kept = keptSum(path);
	if (kept === null) return;
	let found: string;
	try {
		found = sumOf(path);
	} catch {
		return; // opening it says why
	}
	if (found !== kept && keptSum(path) === kept) throw damaged(path, "is damaged: it is not what Sweetspot wrote (its checksum is another)");
}

function keptSum(path: string): string | null {
	try {
		return readFileSync(nextTo(path), "latin1");
	} catch {
		return null;
	}
}
