import { mkdtempSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { SweetspotError } from "../core/errors.js";
import { translated } from "./failures.js";
import { currentWriter, noteWriter, removeNote } from "./writer-note.js";

/**
 * Makes this process the one writer of the store in `dir`, and returns the function that ends this. Throws `store/in-use` at once if
 * another is, `store/read-only` where the folder can't be written.
 *
 * The lock is the write lock of an empty SQLite database in the store's folder, so it belongs to the kernel: it ends with its process,
 * however that ends, is never stale, and doesn't rely on process ids (which are reused, and mean nothing across containers). BEGIN
 * IMMEDIATE, not EXCLUSIVE: of two processes at the same instant exactly one gets it. No code may open `writer.lock` by other means in the
 * process that holds it: POSIX locks go when any descriptor of the file is closed.
 */
export function lockForWriting(dir: string): () => void {
	const lock = acquire(dir);
	try {
		noteWriter(dir);
	} catch (error) {
		lock.close();
		throw translated(error, dir);
	}
	return () => {
		removeNote(dir);
		lock.close();
	};
}

function acquire(dir: string): Database.Database {
	let lock: Database.Database | undefined;
	try {
		lock = new Database(join(dir, "writer.lock"));
		lock.exec("PRAGMA busy_timeout = 0");
		lock.exec("PRAGMA journal_mode = MEMORY"); // nothing is ever written: no journal file for it
		lock.exec("BEGIN IMMEDIATE");
		return lock;
	} catch (error) {
		lock?.close();
		if (!(error instanceof Database.SqliteError && error.code === "SQLITE_BUSY")) throw translated(error, dir);
		throw currentWriter(dir) === null && !hasLocks(dir) ? noLocks(dir) : inUse(dir);
	}
}

/**
 * Whether files in this folder can be locked at all. SQLite says "busy" as well where the system has no lock to give (ENOLCK), as over a
 * network whose lock service is down.
 */
function hasLocks(dir: string): boolean {
	const place = mkdtempSync(join(dir, ".lock-probe-"));
	let lock: Database.Database | undefined;
	try {
		lock = new Database(join(place, "writer.lock"));
		lock.exec("PRAGMA journal_mode = MEMORY");
		lock.exec("BEGIN IMMEDIATE");
		return true;
	} catch {
		return false;
	} finally {
		lock?.close();
		rmSync(place, { recursive: true, force: true });
	}
}

const noLocks = (dir: string): SweetspotError =>
	new SweetspotError(
		"store/unlocked",
		`${dir}: no file in it can be locked, though nothing else writes to it; its file system may have no locks, or its lock service be down`,
		"keep the store on a local disk: --store DIR; `sweetspot doctor --store DIR` tries a folder",
	);

function inUse(dir: string): SweetspotError {
	const elsewhere = "or keep these studies elsewhere: --store DIR";
	const writer = currentWriter(dir); // null in the moment between lock and note
	if (writer === null) return new SweetspotError("store/in-use", `${dir}: another process writes to it`, `wait for it, ${elsewhere}`);
	const here = writer.host === hostname();
	return new SweetspotError(
		"store/in-use",
		`${dir}: process ${writer.pid} on ${here ? "this machine" : writer.host} has been writing to it since ${writer.since} (${writer.command})`,
		`wait for it, end it${here ? ` (kill ${writer.pid})` : ""}, ${elsewhere}`,
	);
}
