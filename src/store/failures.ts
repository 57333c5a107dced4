import { internal, moreRoom, SweetspotError } from "../core/errors.js";

const elsewhere = "name another folder with --store DIR";

/** SQLite's primary result codes (the low byte of the extended ones). */
const result = {
	error: 1,
	busy: 5,
	readOnly: 8,
	ioError: 10,
	corrupt: 11,
	full: 13,
	cannotOpen: 14,
	constraint: 19,
	notADatabase: 26,
} as const;
/** The extended codes of SQLITE_IOERR for reading: READ, SHORT_READ, DATA, CORRUPTFS. Every other one is a failure to write. */
const readErrors: readonly number[] = [266, 522, 8202, 8458];

/** The file at `path` is not a store, or a damaged one. */
export const damaged = (path: string, what: string, cause?: unknown): SweetspotError =>
	new SweetspotError(
		"store/damaged",
		`${path} ${what}`,
		`nothing was changed; move the file away (or bring back a copy of it), or ${elsewhere}`,
		{ cause },
	);

const unwritable = (path: string, what: string, cause?: unknown): SweetspotError =>
	new SweetspotError("store/read-only", `${path}: ${what}`, `make the folder writable, or ${elsewhere}`, { cause });

const full = (path: string, what: string, cause: unknown): SweetspotError =>
	new SweetspotError("store/full", `${path}: ${what}`, moreRoom, { cause });

/** What libsql or Node threw over the file at `path`, in the user's terms; anything that isn't about the file is handed back as it is. */
export function translated(error: unknown, path: string): unknown {
	if (!(error instanceof Error)) return error;
	if ("rawCode" in error && typeof error.rawCode === "number") return ofSqlite(error, error.rawCode, path);
	// A connection that can't be opened at all is an Error without a code, whose message ends with SQLite's.
	const code = /^ConnectionFailed\(".*: (\d+)"\)$/s.exec(error.message)?.[1];
	if (code !== undefined) return ofSqlite(error, Number(code), path);
	if ("code" in error && typeof error.code === "string" && "syscall" in error) return ofSystem(error, error.code, path);
	return error;
}

function ofSqlite(error: Error, extended: number, path: string): Error {
	switch (extended & 0xff) {
		case result.busy:
			return new SweetspotError("store/in-use", `${path}: another program has locked the file`, `close that program, or ${elsewhere}`, {
				cause: error,
			});
		case result.readOnly:
			return unwritable(path, "no permission to write", error);
		case result.cannotOpen:
			return unwritable(path, "the file cannot be opened or made", error);
		case result.full:
			return full(path, "the disk is full", error);
		case result.ioError:
			return readErrors.includes(extended)
				? damaged(path, "cannot be read from its disk", error)
				: full(path, "writing failed (a full disk, a quota, or a limit on file sizes)", error);
		case result.error:
			// Our statements name only what every store has.
			return /no such (table|column|index|function)|malformed/.test(error.message) ? damaged(path, "is damaged", error) : error;
		case result.corrupt:
			return damaged(path, "is damaged", error);
		case result.notADatabase:
			return damaged(path, "is not an SQLite database", error);
		case result.constraint:
			return internal(`the store refuses a row: ${error.message}`);
		default:
			return error;
	}
}

function ofSystem(error: Error, code: string, path: string): Error {
	switch (code) {
		case "ENOTDIR":
		case "EEXIST":
			return unwritable(path, "a file stands where the folder should be", error);
		case "EROFS":
			return unwritable(path, "the file system is mounted read-only", error);
		case "EACCES":
		case "EPERM":
			return unwritable(path, "no permission", error);
		case "ENOENT":
			return unwritable(path, "the folder cannot be made", error);
		case "ENOSPC":
		case "EDQUOT":
			return full(path, "the disk is full", error);
		case "ELOOP":
			return unwritable(path, "the links in this path lead nowhere but to each other", error);
		case "ENAMETOOLONG":
			return unwritable(path, "the path is longer than the system allows", error);
		default:
			return unwritable(path, error.message, error);
	}
}
