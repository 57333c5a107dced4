import { dirname } from "node:path";
import { SweetspotError } from "../../core/errors.js";
import type { Connection } from "../connection.js";
import { damaged } from "../failures.js";
import { latestVersion, type Versions } from "./migration.js";

/** "SwSp": marks the file as ours among all SQLite databases. */
const applicationId = 0x53775370;

/**
 * Version of the store behind a connection; 0: an empty database, as left by a process that was killed while making the store. Throws
 * `store/damaged` where the file is not a store at all, `store/older` and `store/newer` where its version is not one of `versions`.
 */
export function storeVersion(connection: Connection, versions: Versions): number {
	const version = Number(connection.value("PRAGMA user_version"));
	const tables = Number(connection.value("SELECT count(*) FROM sqlite_schema"));
	if (version === 0 && tables === 0) return 0;
	if (connection.value("PRAGMA application_id") !== applicationId) throw damaged(connection.path, "is an SQLite database, but not a store");
	const latest = latestVersion(versions);
	if (version < versions.first) {
		const known = latest === versions.first ? `version ${latest} only` : `versions ${versions.first} to ${latest}`;
		throw new SweetspotError(
			"store/older",
			`${connection.path} has version ${version}, this program reads ${known}`,
			`its studies cannot be converted: use the version of sweetspot that wrote them, or remove ${dirname(connection.path)}` +
				" and run them again, or name another folder with --store DIR",
		);
	}
	if (version > latest) {
		throw new SweetspotError(
			"store/newer",
			`${connection.path} has version ${version}, this program knows up to ${latest}`,
			"use the version of Sweetspot that wrote it, or name another folder with --store DIR",
		);
	}
	return version;
}

/**
 * Brings the store to the latest version, each migration in a transaction of its own: one that is interrupted has no effect. Foreign keys
 * are not enforced meanwhile: a migration may put a new table in the place of one that others refer to, and dropping the old one would
 * take their rows with it.
 */
export function migrate(connection: Connection, versions: Versions): void {
	const { first, migrations } = versions;
	const found = storeVersion(connection, versions);
	connection.execute("PRAGMA foreign_keys = OFF");
	for (let made = found === 0 ? 0 : found - first + 1; made < migrations.length; made++) {
		connection.transaction(() => {
			for (const statement of migrations[made]) connection.execute(statement);
			connection.execute(`PRAGMA application_id = ${applicationId}`);
			connection.execute(`PRAGMA user_version = ${first + made}`);
		});
	}
	connection.execute("PRAGMA foreign_keys = ON");
}
