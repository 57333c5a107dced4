import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Connection } from "./connection.js";

/** Copies everything in the store in `dir` into a new file, itself a complete store. A writer may continue meanwhile. */
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

/** What SQLite finds wrong with the structure of the store in `dir`; usually nothing. */
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
