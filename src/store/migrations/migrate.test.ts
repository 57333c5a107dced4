import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exampleStudy } from "../../../test/fixtures/example-study.js";
import { Connection } from "../connection.js";
import { openStore } from "../open.js";
import { migrate, storeVersion } from "./migrate.js";
import { latestVersion, type Versions } from "./migration.js";
import { versions } from "./versions.js";

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "sweetspot-migrate-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = () => new Connection(join(dir, "studies.sqlite"), join(dir, "studies.sqlite"));

/** The store after a made-up change: studies have a note. */
const changed: Versions = {
	first: versions.first,
	migrations: [...versions.migrations, ["ALTER TABLE studies ADD COLUMN note TEXT DEFAULT 'none'"]],
};

test("an empty file becomes the latest version, and stays it", () => {
	const connection = open();
	expect(storeVersion(connection, versions)).toBe(0);
	migrate(connection, versions);
	expect(storeVersion(connection, versions)).toBe(latestVersion(versions));
	migrate(connection, versions);
	expect(storeVersion(connection, versions)).toBe(latestVersion(versions));
	connection.close();
});

test("a store of the version before gets what it lacks and keeps what it has; an empty file goes through every version", () => {
	const store = openStore(dir, { mode: "write" });
	const { id } = store.create(exampleStudy().stored.study, "ab".repeat(32), "1");
	store.close();
	const connection = open();
	migrate(connection, changed);
	expect(storeVersion(connection, changed)).toBe(versions.first + 1);
	expect(connection.value("SELECT id || ' ' || note FROM studies")).toBe(`${id} none`);
	connection.close();

	const empty = new Connection(join(dir, "empty.sqlite"), dir);
	migrate(empty, changed);
	expect(storeVersion(empty, changed)).toBe(versions.first + 1);
	expect(empty.value("SELECT count(note) FROM studies")).toBe(0);
	empty.close();
});

test("a migration that fails leaves the version before, with nothing of it", () => {
	openStore(dir, { mode: "write" }).close();
	const connection = open();
	const failing = { ...changed, migrations: [...changed.migrations, ["DROP TABLE experiments", "no such statement"]] };
	expect(() => migrate(connection, failing)).toThrow("syntax error");
	expect(storeVersion(connection, failing)).toBe(versions.first + 1);
	expect(connection.value("SELECT count(*) FROM experiments")).toBe(0); // the table is still there
	connection.close();
});

test("a program that lacks the latest migration refuses the store", () => {
	const connection = open();
	migrate(connection, changed);
	connection.close();
	for (const mode of ["read", "write"] as const) {
		const opening = () => (mode === "read" ? openStore(dir, { mode }) : openStore(dir, { mode }));
		expect(opening).toThrow(expect.objectContaining({ code: "store/newer" }));
	}
});
