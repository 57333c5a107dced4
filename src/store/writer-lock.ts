import { hostname } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { SweetspotError } from "../core/errors.js";
import { translated } from "./failures.js";
import { currentWriter, noteWriter, removeNote } from "./writer-note.js";

/**
 * Makes this process the one writer of the store in `dir`, and returns what ends that. Throws `store/in-use` at once if another is,
 * `store/read-only` where the folder can't be written.
 *
 * The lock is the write lock of an empty SQLite database in the store's folder, so it is the kernel's: it goes when its process does,
 * however that ends, is never stale, and needs no process id to be trusted (ids are reused, and mean nothing across containers). BEGIN
 * IMMEDIATE, not EXCLUSIVE: of two processes at the same instant exactly one gets it. Nobody may open `writer.lock` by other means in the
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
		throw error instanceof Database.SqliteError && error.code === "SQLITE_BUSY" ? inUse(dir) : translated(error, dir);
	}
}

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
