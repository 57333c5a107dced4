import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { beforeAll, expect, test } from "vitest";
import { smallStudy, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const workplace = workplaces({ "small.yaml": smallStudy });
let place: Workplace;
let id: string;
const inPlace = (...names: readonly string[]): string => join(place.folder, ...names);

beforeAll(async () => {
	place = workplace();
	id = (JSON.parse((await place.start(["tune", "small.yaml", "--json", "--quiet"])).stdout) as { study: { id: string } }).study.id;
}, 60_000);

test("backup copies the store into one file, from which it can be read again", async () => {
	expect((await place.start(["backup", "copy"])).code).toBe(0);
	expect((await place.start(["backup", "copy"])).code).toBe(0); // it is ours to overwrite
	mkdirSync(inPlace("restored"));
	copyFileSync(inPlace("copy"), inPlace("restored", "studies.sqlite"));
	const shown = await place.start(["show", id, "--json"]);
	expect(shown.code).toBe(0);
	expect((await place.start(["show", id, "--json", "--store", "restored"])).stdout).toBe(shown.stdout);
	expect((await place.start(["backup", "small.yaml"])).stderr).toContain("isn't a copy of a store that Sweetspot wrote");
});

test("doctor --store says whether a store, its digests and its lock are sound; show compares the digest", async () => {
	expect((await place.start(["doctor", "--store", ".sweetspot"])).stdout).toMatch(
		/ok +store's rows.*\nok +store's digests.*\nok +store's lock/,
	);
	copyFileSync(inPlace("copy"), inPlace("restored", "studies.sqlite"));
	const hand = new Database(inPlace("restored", "studies.sqlite"));
	hand.exec("UPDATE trials SET steps = steps + 1 WHERE key = (SELECT max(key) FROM trials)");
	hand.close();
	rmSync(inPlace("restored", "studies.sqlite.checksum"), { force: true });
	expect((await place.start(["doctor", "--store", "restored"])).stdout).toMatch(/broken +store's rows.*a trial is not what was stored/);
	const shown = await place.start(["show", id, "--store", "restored"]);
	expect(shown.code).toBe(2);
	expect(shown.stderr).toContain("a trial is not what was stored");
}, 30_000);
