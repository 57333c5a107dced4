import { SweetspotError } from "../../core/errors.js";
import type { Connection } from "../connection.js";
import { damaged } from "../failures.js";
import type { Migration } from "./migration.js";

/** "SwSp": marks the file as ours among all SQLite databases. */
const applicationId = 0x53775370;

/**
 * Version of the store behind a connection; 0: an empty database, such as a process killed while it made the store leaves behind. Throws
 * `store/damaged` where the file is not a store at all, `store/newer` where its version is above `latest`.
 */
export function storeVersion(connection: Connection, latest: number): number {
	const version = Number(connection.value("PRAGMA user_version"));
	const tables = Number(connection.value("SELECT count(*) FROM sqlite_schema"));
	if (version === 0 && tables === 0) return 0;
	if (connection.value("PRAGMA application_id") !== applicationId) throw damaged(connection.path, "is an SQLite database, but not a store");
	if (version > latest) {
		throw new SweetspotError(
			"store/newer",
			`${connection.path} has version ${version}, this program knows up to ${latest}`,
			"update sweetspot (npm install sweetspot@latest), or name another folder with --store DIR",
		);
	}
	return version;
}

/**
 * Brings the store to the last of `migrations`, each in a transaction of its own: one that is cut off never happened. Foreign keys are not enforced meanwhile: a migration may put a new
 * table in the place of one that others refer to, and dropping the old one would take their rows with it.
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): void {
	connection.execute("PRAGMA foreign_keys = OFF");
	for (let version = storeVersion(connection, migrations.length); version < migrations.length; version++) {
		connection.transaction(() => {
			for (const statement of migrations[version]) connection.execute(statement);
			connection.execute(`PRAGMA application_id = ${applicationId}`);
			connection.execute(`PRAGMA user_version = ${version + 1}`);
		});
	}
	connection.execute("PRAGMA foreign_keys = ON");
}
