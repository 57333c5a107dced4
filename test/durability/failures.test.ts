import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import { sampleTrial } from "../contract/sample-trial.js";
import { exampleStudy } from "../fixtures/example-study.js";
import { startChild } from "./child.js";

let dir: string;
let file: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "sweetspot-failures-"));
	file = join(dir, "studies.sqlite");
});
afterEach(() => rmSync(dir, { recursive: true }));

const { study, hash } = exampleStudy().stored;
const openForWriting = () => openStore(dir, { mode: "write" });
const openForReading = () => openStore(dir, { mode: "read" });
const error = (code: string, message: string | RegExp = "") =>
	expect.objectContaining({ code, message: expect.stringMatching(message), fix: expect.stringContaining("--store DIR") });

/** Makes a store with a study of 50 trials; gives its id. */
function makeStore(): string {
	const store = openForWriting();
	const { id } = store.create(study, hash, "1");
	for (let i = 0; i < 50; i++) store.append(id, sampleTrial(i, 150));
	store.close();
	return id;
}

describe("where there is no store", () => {
	test("reading finds none and makes nothing", () => {
		expect(openForReading()).toBeNull();
		expect(openStore(join(dir, "nowhere", "deep"), { mode: "read" })).toBeNull();
		expect(readdirSync(dir)).toEqual([]);
	});

	test("writing makes the folder and the store, and what a process killed just then left is not one", () => {
		writeFileSync(file, "");
		expect(openForReading()).toBeNull();
		new Database(file).exec("PRAGMA journal_mode = WAL"); // writes the first page, and no table
		expect(openForReading()).toBeNull();
		openForWriting().close();
		expect(openForReading()?.list()).toEqual([]);
		openStore(join(dir, "deep", "er"), { mode: "write" }).close();
		expect(openStore(join(dir, "deep", "er"), { mode: "read" })?.list()).toEqual([]);
	});
});

describe("a place that can't be", () => {
	test("a file where the folder should be", () => {
		writeFileSync(file, "a file");
		for (const path of [file, join(file, "below")]) {
			expect(() => openStore(path, { mode: "write" })).toThrow(error("store/read-only", "a file stands where the folder should be"));
			expect(() => openStore(path, { mode: "read" })).toThrow(error("store/read-only", "a file stands where the folder should be"));
		}
	});

	test.skipIf(process.platform !== "linux")("a folder that can't be made (/proc)", () => {
		expect(() => openStore("/proc/sweetspot", { mode: "write" })).toThrow(
			error("store/read-only", "/proc/sweetspot: the folder cannot be made"),
		);
		expect(() => openStore("/proc", { mode: "write" })).toThrow(error("store/read-only", "/proc.*cannot be opened or made"));
	});
});

describe("a file that isn't a store of ours is reported and left as it is", () => {
	const refused = (code: string, message: string | RegExp) => {
		const before = readFileSync(file);
		expect(openForWriting).toThrow(error(code, message));
		expect(openForReading).toThrow(error(code, message));
		expect(readFileSync(file).equals(before)).toBe(true);
		rmSync(file);
		rmSync(`${file}-wal`, { force: true });
		openForWriting().close(); // the lock was given back
	};

	test.each([1, 99, 100, 100_000])("%i bytes of something else", (bytes) => {
		writeFileSync(file, "?".repeat(bytes));
		refused("store/damaged", `${file} is not an SQLite database`);
	});

	test("a database of another program", () => {
		const other = new Database(file);
		other.exec("CREATE TABLE recipes (name TEXT)");
		other.close();
		refused("store/damaged", "is an SQLite database, but not a store");
	});

	test("a folder", () => {
		mkdirSync(file);
		expect(openForWriting).toThrow(error("store/damaged", "is a folder, not a file"));
		expect(openForReading).toThrow(error("store/damaged", "is a folder, not a file"));
	});

	test.each([
		[99, "store/newer", /has version 99, this program knows up to \d+$/],
		[7, "store/older", /has version 7, this program reads version \d+ only$/],
	])("a store of version %i, which this program doesn't know", (version, code, message) => {
		makeStore();
		const other = new Database(file);
		rmSync(`${file}.checksum`, { force: true });
		other.exec(`PRAGMA user_version = ${version}`);
		other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
		other.close();
		refused(code, message);
	});
});

describe("a damaged store is reported, whenever it shows", () => {
	test("cut short: at once, for any part of it that is asked for", () => {
		makeStore();
		truncateSync(file, 40_000);
		const cut = error("store/damaged", `${file} is damaged`);
		expect(openForReading).toThrow(cut);
		expect(openForWriting).toThrow(cut);
		expect(readFileSync(file).length).toBe(40_000);
	});

	test("overwritten in the middle", () => {
		const id = makeStore();
		const bytes = readFileSync(file);
		bytes.fill(0xff, 8192, bytes.length - 8192);
		writeFileSync(file, bytes);
		const readAll = () =>
			openForReading()
				?.trials(id)
				.map(({ result }) => result.evaluations);
		expect(readAll).toThrow(error("store/damaged", `${file} is damaged`));
	});

	test("a study that is not what was stored: by what reads it, while the others can be found", () => {
		const id = makeStore();
		const store = openForWriting();
		const whole = store.create(study, "3f9b".repeat(16), "1");
		store.close();
		rmSync(`${file}.checksum`, { force: true });
		const hand = new Database(file);
		hand.exec(`UPDATE studies SET study = '{"version":1,' WHERE id = '${id}'`);
		hand.close();
		const reader = openForReading();
		const notJson = error("store/damaged", "study digits-c4c4 is not what was stored");
		expect(() => reader?.list()).toThrow(notJson);
		expect(() => reader?.find(id)).toThrow(notJson);
		expect(reader?.find("digits-3")).toMatchObject({ id: whole.id, study });
		expect(reader?.findByHash(whole.hash)).toMatchObject({ id: whole.id, study });
		expect(reader?.changeToken(id)).toBe(reader?.changeToken(id));
	});
});

test("another program's transaction: the writer waits, then says so, and goes on when it ends", { timeout: 20_000 }, () => {
	const store = openForWriting();
	const { id } = store.create(study, hash, "1");
	const other = new Database(file);
	other.exec("BEGIN IMMEDIATE");
	expect(openForReading()?.list()).toHaveLength(1); // reading never waits
	expect(() => store.append(id, sampleTrial(0))).toThrow(error("store/in-use", "another program has locked the file"));
	other.exec("ROLLBACK");
	store.append(id, sampleTrial(0));
	expect(store.trials(id)).toEqual([sampleTrial(0)]);
	store.close();
	other.close();
});

test.skipIf(process.platform === "win32")("a limit on file sizes: what was stored is kept, and the study goes on from there", async () => {
	const limited = startChild("append", dir, { shell: "ulimit -f 2000;" }); // 1 MB (2 MB where the shell counts in KiB) of a log of 3 MB
	const said: string[] = [];
	for (let line = await limited.lines.next(); !line.done; line = await limited.lines.next()) said.push(line.value);
	await limited.ended;
	expect(said.pop()).toMatch(/^store\/full free some space and run the study again/);
	expect(said).toEqual(said.map((_, i) => String(i)));
	expect(said.length).toBeGreaterThan(10);
	const store = openForWriting();
	const [{ id }] = store.list();
	const trials = said.map((_, i) => sampleTrial(i, 150));
	expect(store.trials(id)).toEqual(trials);
	store.append(id, sampleTrial(said.length, 150));
	expect(store.trials(id)).toHaveLength(said.length + 1);
	store.close();
});

test("a removed study gives its space back", () => {
	const id = makeStore();
	const before = readFileSync(file).length;
	const store = openForWriting();
	store.remove(id);
	store.close();
	expect(before).toBeGreaterThan(250_000); // 50 trials of 150 looks, 6 numbers each: 360,000 bytes and more
	expect(readFileSync(file).length).toBeLessThan(120_000);
	cpSync(file, join(dir, "copy.sqlite")); // the file alone is the store
	expect(openForReading()?.list()).toEqual([]);
});
