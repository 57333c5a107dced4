import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Connection } from "../connection.js";
import { openStore } from "../open.js";
import { migrations } from "./all.js";
import { migrate, storeVersion } from "./migrate.js";

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "sweetspot-migrate-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe.each([1])("a store that Sweetspot wrote at version %i", (version) => {
	const fixture = fileURLToPath(new URL(`../../../test/fixtures/store-version-${version}/`, import.meta.url));

	test("is read, opened, and brought up to date without a change to what it holds", () => {
		cpSync(join(fixture, "studies.sqlite"), join(dir, "studies.sqlite"));
		const { studies, ...rest } = JSON.parse(readFileSync(join(fixture, "expected.json"), "utf8"));
		// The backend came with version 4; there was but one before.
		const expected = { ...rest, studies: studies.map((study: object) => ({ ...study, backend: "wasm" })) };
		for (const mode of ["read", "write", "read"] as const) {
			const store = mode === "read" ? openStore(dir, { mode }) : openStore(dir, { mode });
			if (store === null) throw new Error("no store");
			const [, { id }] = store.list();
			expect({
				studies: store.list(),
				trials: store.trials(id),
				calibration: store.calibration(id),
				testResults: store.testResults(id),
			}).toEqual(expected);
			expect(store.extensions(id)).toEqual([]); // came with version 2
			expect(store.experiments.list()).toEqual([]); // came with version 3
			store.close();
		}
		const file = new Connection(join(dir, "studies.sqlite"), dir);
		expect(storeVersion(file, migrations.length)).toBe(migrations.length);
		file.close();
	});

	test("can be granted extensions once it is up to date", () => {
		cpSync(join(fixture, "studies.sqlite"), join(dir, "studies.sqlite"));
		const store = openStore(dir, { mode: "write" });
		const [{ id }] = store.list();
		store.extend(id, [{ batchSize: 32, trials: 8 }]);
		expect(store.extensions(id)).toEqual([{ batchSize: 32, trials: 8 }]);
		store.close();
	});
});

describe("migrate", () => {
	const steps = [["CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"], ["ALTER TABLE t ADD COLUMN b DEFAULT 2"]];
	const open = () => new Connection(join(dir, "any.sqlite"), dir);

	test("takes an empty file through every version, and an old one through those it lacks", () => {
		const connection = open();
		migrate(connection, steps.slice(0, 1));
		expect(storeVersion(connection, 2)).toBe(1);
		migrate(connection, steps);
		expect(storeVersion(connection, 2)).toBe(2);
		migrate(connection, steps);
		expect(connection.value("SELECT b FROM t")).toBe(2);
		connection.close();
	});

	test("leaves the version before where a step fails", () => {
		const connection = open();
		expect(() => migrate(connection, [...steps, ["DROP TABLE t", "no such statement"]])).toThrow("syntax error");
		expect(storeVersion(connection, 3)).toBe(2);
		expect(connection.value("SELECT a FROM t")).toBe(1);
		connection.close();
	});
});
