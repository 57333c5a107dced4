import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Connection } from "./connection.js";

/** Writes all that the store in `dir` has now into a new file, which is a store's by itself. A writer goes on meanwhile. */
export function copyStore(dir: string, file: string): void {
	const path = join(dir, "studies.sqlite");
	const connection = new Connection(`${pathToFileURL(path).href}?mode=ro`, path);
	try {
		connection.execute("PRAGMA busy_timeout = 5000");
		connection.execute(`VACUUM INTO '${file.replaceAll("'", "''")}'`);
	} finally {
		connection.close();
	}
}

/** What SQLite finds wrong with the structure of the store in `dir`: nothing, as a rule. */
export function structureProblems(dir: string): readonly string[] {
	const path = join(dir, "studies.sqlite");
	const connection = new Connection(`${pathToFileURL(path).href}?mode=ro`, path);
	try {
		const found = String(connection.value("PRAGMA integrity_check(1)"));
		return found === "ok" ? [] : [found];
	} finally {
		connection.close();
	}
}
