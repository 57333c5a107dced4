import {
	chmodSync,
	closeSync,
	fsyncSync,
	lstatSync,
	openSync,
	readlinkSync,
	realpathSync,
	renameSync,
	rmSync,
	type Stats,
	statSync,
	writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type ErrorCode, SweetspotError } from "../core/errors.js";
import { storeHolding } from "../store/own-files.js";
import { isOurs, type OwnKind } from "./own-output.js";

/** A file that a user names for us to write. */
export interface OutputFile {
	readonly path: string;
	/** What named it, such as `--out`. */
	readonly flag: string;
	/** The kind of file that may be there already and is overwritten. Null: none. */
	readonly replaces: OwnKind | null;
	/** What is there is replaced, no matter what wrote it. */
	readonly force: boolean;
	/** Thrown where the system refuses to write. */
	readonly unwritable: ErrorCode;
}

/** Links that lead to a file that isn't there yet, at most. */
const mostLinks = 40;

/**
 * Throws `output/refused` where there is something that must not be written over: a device, a folder, a part of a store, or a file that we
 * didn't write. To be called before work begins whose result goes there; `writeOutput` asks again.
 */
export function checkOutput(file: OutputFile): void {
	targetOf(file);
}

/**
 * Writes a file: it is written under another name next to it, brought to the disk and renamed: killed at any
 * instant there is the old file or the new one, never a part. A link is followed: what it points to is replaced, the link stays.
 */
export function writeOutput(file: OutputFile, parts: Iterable<string | Uint8Array>): void {
	replaceOutput(file, (draft) => {
		const descriptor = openSync(draft, "w");
		try {
			for (const part of parts) writeAll(descriptor, typeof part === "string" ? Buffer.from(part) : part);
		} finally {
			closeSync(descriptor);
		}
	});
}

/** The same, where something else writes the file that it is given, which isn't there yet. */
export function replaceOutput(file: OutputFile, write: (draft: string) => void): void {
	const { path, mode } = targetOf(file);
	const draft = join(dirname(path), `.sweetspot-${process.pid}.part`);
	try {
		rmSync(draft, { force: true }); // an earlier process of this id was killed
		write(draft);
		const descriptor = openSync(draft, "r+");
		fsyncSync(descriptor);
		closeSync(descriptor);
		if (mode !== null) chmodSync(draft, mode);
		renameSync(draft, path);
	} catch (error) {
		rmSync(draft, { force: true });
		throw error instanceof SweetspotError ? error : unwritable(file, error);
	}
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
	for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** Where the file really lies, and the permissions of what is there; null where nothing is. */
function targetOf(file: OutputFile): { readonly path: string; readonly mode: number | null } {
	const found = statOf(file);
	if (found && !found.isFile())
		throw refused(`${file.path} is ${kindOf(found)}, not a file`, `name a file with ${file.flag}${found.isDirectory() ? " in it" : ""}`);
	const path = found ? realpathSync(file.path) : endOfLinks(file);
	const store = storeHolding(path);
	if (store !== null) throw refused(`${file.path} is a part of the store in ${store}`, `name another file with ${file.flag}`);
	if (found && !file.force && !(file.replaces !== null && isOurs(path, file.replaces)))
		throw refused(
			`${file.path} is there already${file.replaces === null ? "" : `, and isn't ${nouns[file.replaces]} that Sweetspot wrote`}`,
			`name another file with ${file.flag}, or write over it with --force`,
		);
	return { path, mode: found ? found.mode & 0o7777 : null };
}

const nouns: Readonly<Record<OwnKind, string>> = {
	report: "a report",
	export: "an export",
	weights: "a file of weights",
	checkpoint: "a checkpoint",
	backup: "a copy of a store",
};

function statOf(file: OutputFile): Stats | undefined {
	try {
		return statSync(file.path, { throwIfNoEntry: false });
	} catch (error) {
		throw unwritable(file, error);
	}
}

/** Of a file that isn't there: where it will be. The name may be a link to another that isn't there either. */
function endOfLinks(file: OutputFile): string {
	let path = resolve(file.path);
	try {
		for (let links = 0; links < mostLinks && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink(); links++)
			path = resolve(dirname(path), readlinkSync(path));
		return join(realFolder(dirname(path)), basename(path));
	} catch (error) {
		throw unwritable(file, error);
	}
}

/** A folder without links, of which the last parts may not be there yet. */
function realFolder(path: string): string {
	if (statSync(path, { throwIfNoEntry: false })) return realpathSync(path);
	return dirname(path) === path ? path : join(realFolder(dirname(path)), basename(path));
}

function kindOf(found: Stats): string {
	if (found.isDirectory()) return "a folder";
	if (found.isFIFO()) return "a pipe";
	return found.isSocket() ? "a socket" : "a device";
}

const refused = (found: string, fix: string): SweetspotError => new SweetspotError("output/refused", found, fix);

function unwritable(file: OutputFile, cause: unknown): SweetspotError {
	const { message, code } = cause as NodeJS.ErrnoException;
	const full = code === "ENOSPC" || code === "EDQUOT";
	const fix = full ? `free some disk space, or name a file on another disk with ${file.flag}` : `name a writable file with ${file.flag}`;
	return new SweetspotError(file.unwritable, `${file.path} (${message})`, fix, { cause });
}
