import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { openStore } from "../store/open.js";
import { FollowedStore } from "./followed-store.js";

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "sweetspot-followed-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const fill = (folder: string, names: readonly string[]): void => {
	const store = openStore(folder, { mode: "write" });
	for (const name of names) store.create({ ...exampleStudy("found").stored.study, name }, name, "1.2.3");
	store.close();
};
const namesIn = (followed: FollowedStore) =>
	followed
		.now()
		?.list()
		.map(({ study }) => study.name);

test("a store that is made, added to, removed and replaced while it is followed", () => {
	const folder = join(dir, "store");
	const followed = new FollowedStore(folder);
	expect(followed.now()).toBeNull();
	fill(folder, ["one"]);
	expect(namesIn(followed)).toEqual(["one"]);
	const { generation } = followed;
	fill(folder, ["two"]);
	expect(namesIn(followed)).toEqual(["two", "one"]);
	expect(followed.generation).toBe(generation);
	renameSync(folder, join(dir, "elsewhere"));
	expect(followed.now()).toBeNull();
	expect(followed.generation).toBeGreaterThan(generation);
	fill(folder, ["three"]);
	expect(namesIn(followed)).toEqual(["three"]);
	followed.close();
});

test("an empty file is no store, and looking at it again is no change", () => {
	writeFileSync(join(dir, "studies.sqlite"), "");
	const followed = new FollowedStore(dir);
	expect([followed.now(), followed.now()]).toEqual([null, null]);
	expect(followed.generation).toBe(0);
});

test("what is no store is an error each time", () => {
	writeFileSync(join(dir, "studies.sqlite"), "x".repeat(5000));
	const followed = new FollowedStore(dir);
	for (let i = 0; i < 2; i++) expect(() => followed.now()).toThrow("studies.sqlite");
});
