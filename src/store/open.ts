import { closeSync, openSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { SweetspotError } from "../core/errors.js";
import type { Store } from "../study/contracts.js";
import { Connection, sql } from "./connection.js";
import { isElsewhere } from "./elsewhere.js";
import { damaged, translated } from "./failures.js";
import { dropFileSum, keepFileSum, requireFileSum } from "./file-sum.js";
import { removeAllLive } from "./live/files.js";
import { makeFolder } from "./make-folder.js";
import { migrate, storeVersion } from "./migrations/migrate.js";
import { versions } from "./migrations/versions.js";
import { sealRun } from "./sqlite-experiments.js";
import { SqliteStore } from "./sqlite-store.js";
import { StoreFile } from "./store-file.js";
import { sealStudy } from "./study-rows.js";
import { lockForWriting } from "./writer-lock.js";
import { currentWriter } from "./writer-note.js";

/**
 * Opens the store in the folder `dir`.
 *
 * "write": makes folder and store where they are missing, brings an older store up to date, and is the only writer until it is closed.
 * "read": makes and changes nothing, never waits, sees what the writer adds; null where there is no store yet. Methods that write
 * are then broken invariants.
 *
 * Throws `store/in-use`, `store/read-only`, `store/full`, `store/damaged`, `store/older` or `store/newer`. Later calls may throw
 * `store/in-use`, `store/full` and `store/damaged`.
 */
export function openStore(dir: string, options: { readonly mode: "write" }): Store;
export function openStore(dir: string, options: { readonly mode: "read" }): Store | null;
export function openStore(dir: string, { mode }: { readonly mode: "write" | "read" }): Store | null {
	return mode === "write" ? openForWriting(dir) : openForReading(dir);
}

const fileIn = (dir: string): string => join(dir, "studies.sqlite");

/** Only the owner may read studies, unless the owner changes that by hand. */
const [ownFolder, ownFile] = [0o700, 0o600];

/** SQLite gives its other files the permissions of this one. An existing file is left unchanged. */
function makeOwnFile(path: string): void {
	try {
		closeSync(openSync(path, "wx", ownFile));
	} catch {} // it is there, or the lock says why it can't be made
}

function openForWriting(dir: string): Store {
	try {
		makeFolder(resolve(dir), ownFolder);
	} catch (error) {
		throw translated(error, dir);
	}
	for (const name of ["writer.lock", "studies.sqlite"]) makeOwnFile(join(dir, name));
	const unlock = lockForWriting(dir);
	try {
		const path = fileIn(dir);
		storeSize(path);
		requireFileSum(path);
		dropFileSum(path);
		const connection = new Connection(path, path);
		requireWhole(connection);
		prepare(connection);
		migrate(connection, versions);
		const file = new StoreFile(connection, { token: StoreFile.claim(connection), hasWriter: () => true });
		interruptAbandoned(file, (id) => isElsewhere(dir, id));
		removeAllLive(dir);
		return new SqliteStore(file, () => {
			checkpoint(connection);
			connection.close();
			keepFileSum(path);
			unlock();
		});
	} catch (error) {
		unlock();
		throw error;
	}
}

function prepare(connection: Connection): void {
	connection.execute("PRAGMA busy_timeout = 5000"); // for programs other than ours, such as a backup
	storeVersion(connection, versions); // before anything is written into a file that isn't ours
	connection.execute("PRAGMA auto_vacuum = FULL"); // a removed study gives its space back; only heeded before there are tables
	connection.execute("PRAGMA journal_mode = WAL"); // readers and the writer don't block each other
	// What is committed survives the process at once; a power cut may take the last moments, whose trials then run again to the same bits.
	connection.execute("PRAGMA synchronous = NORMAL");
}

/**
 * Marks studies as interrupted that a vanished process left running. It has vanished, since the lock is ours. `goesOn`: whether a study goes
 * on without a process here.
 */
function interruptAbandoned(file: StoreFile, goesOn: (id: string) => boolean): void {
	const { connection } = file;
	const studies = connection
		.all(sql.selectFrom("studies").where("state", "=", "running").select(["key", "id"]))
		.filter(({ id }) => !goesOn(id));
	const runs = connection.all(sql.selectFrom("experiments").where("state", "=", "running").select("key"));
	if (studies.length === 0 && runs.length === 0) return;
	file.write((revision) => {
		for (const { key } of studies) connection.run(sql.replaceInto("revisions").values({ study: key, revision }));
		connection.run(sql.updateTable("experiments").set({ state: "interrupted" }).where("state", "=", "running"));
		for (const { key } of studies) {
			connection.run(sql.updateTable("studies").set({ state: "interrupted" }).where("key", "=", key));
			sealStudy(connection, key);
		}
		for (const { key } of runs) sealRun(connection, key);
	});
}

/** Merges the log into the file, so that a copy of the file is the whole store. If this fails, the next opening does it. */
function checkpoint(connection: Connection): void {
	try {
		connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
	} catch (error) {
		if (!(error instanceof SweetspotError)) throw error; // for example, a full disk: everything is safe in the log
	}
}

function openForReading(dir: string): Store | null {
	const path = fileIn(dir);
	if (storeSize(path) === 0) return null;
	requireFileSum(path);
	const connection = connectForReading(path);
	requireWhole(connection);
	if (storeVersion(connection, versions) === 0) {
		connection.close();
		return null;
	}
	const file = new StoreFile(connection, { token: null, hasWriter: () => currentWriter(dir) !== null });
	return new SqliteStore(file, () => connection.close());
}

/**
 * SQLite keeps an index of the log next to the file, and can't open the store where it isn't allowed to make one, as on a read-only file
 * system. Nothing changes there, so it may read the file alone, unless there is a log, whose contents would be missing.
 */
function connectForReading(path: string): Connection {
	const url = `${pathToFileURL(path).href}?mode=ro`;
	const connection = new Connection(url, path);
	connection.execute("PRAGMA busy_timeout = 5000");
	try {
		connection.value("PRAGMA user_version");
		return connection;
	} catch (error) {
		connection.close();
		if (!(error instanceof SweetspotError && error.code === "store/read-only") || sizeOf(`${path}-wal`) > 0) throw error;
		return new Connection(`${url}&immutable=1`, path);
	}
}

/**
 * Bytes of the store at `path`, 0 where there is none. SQLite takes a file that is shorter than its header for an empty one, and
 * overwrites it.
 */
function storeSize(path: string): number {
	const size = sizeOf(path);
	if (size > 0 && size < 100) throw damaged(path, "is not an SQLite database");
	return size;
}

/**
 * Throws `store/damaged` where the file was cut short, which SQLite itself notices only when it needs a page that is missing. The size of
 * the file is read last: a writer may be taking its log into the file at this moment, but no longer once there is no log.
 */
function requireWhole(connection: Connection): void {
	const whole = Number(connection.value("PRAGMA page_count")) * Number(connection.value("PRAGMA page_size"));
	if (sizeOf(`${connection.path}-wal`) > 0) return;
	const left = sizeOf(connection.path);
	if (left < whole) throw damaged(connection.path, `is damaged: ${left} bytes are left of ${whole}`);
}

function sizeOf(path: string): number {
	try {
		const stat = statSync(path, { throwIfNoEntry: false });
		if (stat?.isDirectory()) throw damaged(path, "is a folder, not a file");
		return stat?.size ?? 0;
	} catch (error) {
		throw translated(error, path);
	}
}
