import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import { canMount, mount, unmount } from "../fixtures/mount.js";
import { type Ended, smallStudy, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const workplace = workplaces({ "small.yaml": smallStudy });

const documentOf = ({ stdout }: Ended) =>
	JSON.parse(stdout) as { state: string; digest: string | null; study: { id: string }; cost: object };

let whole: Workplace;
let answer: ReturnType<typeof documentOf>;
beforeAll(async () => {
	whole = workplace();
	answer = documentOf(await whole.start(["tune", "small.yaml", "--json"]));
});

test("a report that can't be written: the answer stands there first, the study is kept, then comes the error", async () => {
	const refused = await whole.start(["tune", "small.yaml", "--out", "/proc/nowhere/report.html"]);
	expect(refused.stdout).toMatch(/batch size \d+ and learning rate/);
	expect(refused.stdout).not.toContain("Report:");
	expect(refused.stderr).toMatch(/the report cannot be written: \/proc\/nowhere\/report.html/);
	expect(refused.stderr).toContain("--out");
	expect(refused.code).toBe(2);
	const asDocument = await whole.start(["resume", answer.study.id, "--json", "--out", "/proc/nowhere/report.html"]);
	expect(documentOf(asDocument).digest).toBe(answer.digest);
	expect(asDocument.code).toBe(2);
	expect(documentOf(await whole.start(["show", answer.study.id, "--json"])).state).toBe("complete");
});

test("readers see what is there while a study runs, and neither waits for the other", async () => {
	const place = workplace();
	const readers: Promise<Ended>[] = [];
	const writer = await place.start(["tune", "small.yaml", "--json"], (said) => {
		if (readers.length > 0 || !said.includes("] selecting")) return;
		for (const args of [
			["studies", "--json"],
			["show", "small", "--json"],
			["report", "small", "--out", "meanwhile.html"],
		])
			readers.push(place.start(args));
	});
	const [studies, show, report] = await Promise.all(readers);
	expect([studies.code, show.code, report.code]).toEqual([0, 0, 0]);
	const [listed] = (JSON.parse(studies.stdout) as { studies: { state: string; trials: number }[] }).studies;
	expect(listed.trials).toBeGreaterThan(0);
	expect(documentOf(show).cost).toHaveProperty("trials", expect.any(Number));
	expect(readFileSync(join(place.folder, "meanwhile.html"), "utf8")).toContain("</html>");
	expect(documentOf(writer).digest).toBe(answer.digest);
});

test.each(["csv", "json"])("an export to standard output prints nothing of a store with a damaged row: %s", async (format) => {
	const place = workplace();
	cpSync(join(whole.folder, ".sweetspot"), join(place.folder, ".sweetspot"), { recursive: true });
	const file = join(place.folder, ".sweetspot/studies.sqlite");
	rmSync(`${file}.checksum`); // as after a kill
	const hand = new Database(file);
	hand.exec("UPDATE evaluations SET data = zeroblob(length(data)) WHERE trial = (SELECT max(trial) FROM evaluations)");
	hand.close();
	const exported = await place.start(["export", answer.study.id, "--format", format]);
	expect(exported).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("the store file cannot be read") });
});

describe("a damaged store is reported by every command, which changes nothing of it", () => {
	const damages: readonly (readonly [string, (file: string) => void, RegExp])[] = [
		["something else", (file) => writeFileSync(file, "?".repeat(5000)), /is not an SQLite database/],
		["cut short", (file) => truncateSync(file, statSync(file).size / 2), /studies.sqlite is damaged/],
	];
	test.each(damages)("%s", async (_, damage, reason) => {
		const place = workplace();
		const file = join(place.folder, ".sweetspot", "studies.sqlite");
		mkdirSync(join(place.folder, ".sweetspot"));
		writeFileSync(file, readFileSync(join(whole.folder, ".sweetspot", "studies.sqlite")));
		damage(file);
		const before = readFileSync(file);
		const { id } = answer.study;
		const commands = [
			["studies"],
			["show", id],
			["report", id],
			["resume", id],
			["remove", id, "--yes"],
			["tune", "small.yaml"],
			["doctor"],
		];
		const ends = await Promise.all(commands.map((args) => place.start(args)));
		for (const [i, { code, stdout, stderr }] of ends.entries()) {
			expect(stdout + stderr).toMatch(reason);
			expect(stdout + stderr).not.toMatch(/internal:|bug in Sweetspot/);
			expect(code).toBe(commands[i][0] === "doctor" ? 1 : 2);
		}
		expect(readFileSync(file).equals(before)).toBe(true);
	});
});

describe.skipIf(!canMount)("a disk that fills while a study runs (needs the right to mount)", () => {
	let place: Workplace;
	let disk: string;
	beforeAll(() => {
		place = workplace();
		disk = join(place.folder, "disk");
		mkdirSync(disk);
	});
	afterAll(() => unmount(disk));

	test("is reported, what was reported is kept, and with more space the study goes on to the same end", async () => {
		mount(disk, "size=500k");
		const full = await place.start(["tune", "small.yaml", "--json", "--store", "disk"]);
		expect(full.stderr).toMatch(/error: the store cannot grow: .*the disk is full/);
		expect(full.stderr).toContain("free some space");
		expect(full.code).toBe(2);
		expect(full.stdout).toBe("");

		const reported = full.stderr.split("\n").filter((line) => /\] (tuning|selecting|reporting)/.test(line)).length;
		const store = openStore(disk, { mode: "read" });
		const [{ id, state, trials }] = store?.list() ?? [];
		expect([id, state, trials]).toEqual([answer.study.id, "interrupted", reported]);
		expect(store?.trials(id).every(({ result }) => result.evaluations.length > 0)).toBe(true);
		store?.close();
		expect(reported).toBeGreaterThan(5);
		expect((await place.start(["studies", "--store", "disk"])).stdout).toContain("interrupted");

		mount(disk, "remount,size=20m");
		const resumed = documentOf(await place.start(["resume", id, "--json", "--store", "disk"]));
		expect(resumed.digest).toBe(answer.digest);
	});
});

test("a store that is made can be read by its owner alone", async () => {
	const place = workplace();
	await place.start(["tune", "small.yaml", "--quiet"]);
	const folder = join(place.folder, ".sweetspot");
	expect(statSync(folder).mode & 0o777).toBe(0o700);
	for (const name of readdirSync(folder).filter((name) => /^(studies|writer)/.test(name)))
		expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
});

test("escape sequences in a study's name don't reach the terminal, nor those in an error", async () => {
	const place = workplace();
	place.write("small.yaml", smallStudy.replace("name: small", 'name: "a\\e[2J\\e]0;evil\\ab"'));
	const { stdout, stderr } = await place.start(["tune", "small.yaml"]);
	const bad = await place.start(["tune", "small.yaml", "--set", "x\u001b]0;evil\u0007=1"]);
	for (const text of [stdout, stderr, bad.stderr]) for (const sign of ["\u001b]", "\u001b[2J", "\u0007"]) expect(text).not.toContain(sign);
}, 30_000);
