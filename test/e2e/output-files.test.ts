import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { smallStudy, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const workplace = workplaces({ "small.yaml": smallStudy });
const at = ["--batch-size", "8", "--learning-rate", "0.1", "--steps", "20", "--quiet"];
let place: Workplace;
let id: string;
const inPlace = (name: string): string => join(place.folder, name);
const text = (name: string): string => readFileSync(inPlace(name), "utf8");

beforeAll(async () => {
	place = workplace();
	id = (JSON.parse((await place.start(["tune", "small.yaml", "--json", "--quiet"])).stdout) as { study: { id: string } }).study.id;
	mkdirSync(inPlace("folder"));
	spawnSync("mkfifo", [inPlace("pipe")]);
}, 60_000);

/** Every command that writes a file which the user names, as it is called with that name. */
const writers = (file: string): readonly (readonly string[])[] => [
	["report", id, "--out", file],
	["report", id, "--format", "md", "--out", file],
	["export", id, "--out", file],
	["export", id, "--format", "json", "--out", file],
	["train", "small.yaml", ...at, "--weights", file],
	["train", "small.yaml", ...at, "--checkpoint", file],
	["tune", "small.yaml", "--quiet", "--out", file],
	["init", "--data", "digits", "--out", file, "--force"],
];

describe("a file that the user names", () => {
	test.each([
		["folder", "is a folder"],
		["pipe", "is a pipe"],
		["/dev/full", "is a device"],
		[".sweetspot/studies.sqlite", "is a part of the store"],
		[".sweetspot/studies.sqlite-wal", "is a part of the store"],
		[".sweetspot/logs/x", "is a part of the store"],
	])(
		"is refused by every command where it is %s",
		async (file, said) => {
			const before = file.startsWith("/dev") ? statSync(file).rdev : 0;
			const refused = writers(file).map(async (args) => {
				const forced = args.includes("--checkpoint") ? args : [...args.filter((word) => word !== "--force"), "--force"];
				const { code, stderr } = await place.start(forced);
				expect([forced, code]).toEqual([forced, 2]);
				expect(stderr).toContain(said);
				expect(stderr).toMatch(/^fix: name .* with --(out|weights|checkpoint)/m);
			});
			await Promise.all(refused);
			if (before !== 0) expect(statSync(file).rdev).toBe(before);
			expect((await place.start(["show", id, "--json"])).code).toBe(0);
		},
		60_000,
	);

	test("is not overwritten where it isn't ours, unless --force says so", async () => {
		for (const args of writers("notes.txt").slice(0, 7)) {
			writeFileSync(inPlace("notes.txt"), "mine");
			const { code, stderr } = await place.start(args);
			expect([args, code]).toEqual([args, 2]);
			expect(stderr).toContain("is there already, and isn't");
			expect(text("notes.txt")).toBe("mine");
			if (args.includes("--checkpoint")) continue;
			await place.start([...args, "--force"]);
			expect(text("notes.txt")).not.toBe("mine");
		}
	}, 60_000);

	test("is overwritten where it is ours, of the same kind", async () => {
		for (const [k, args] of writers("ours").slice(0, 7).entries()) {
			const own = args.map((word) => (word === "ours" ? `ours-${k}` : word));
			const codes = [(await place.start(own)).code, (await place.start(own)).code];
			expect([args, codes]).toEqual([args, [codes[0], codes[0]]]);
			expect(codes[0]).not.toBe(2);
		}
		expect((await place.start(["export", id, "--out", "ours-0"])).stderr).toContain("isn't an export that Sweetspot wrote");
		expect(readdirSync(place.folder).filter((name) => name.endsWith(".part"))).toEqual([]);
	}, 60_000);

	test("may be a link: what it points to is written, whether it is there or not, and keeps its permissions", async () => {
		writeFileSync(inPlace("target.csv"), "", { mode: 0o600 });
		symlinkSync("target.csv", inPlace("link.csv"));
		symlinkSync("folder/absent.csv", inPlace("dangling.csv"));
		for (const link of ["link.csv", "dangling.csv"]) {
			expect((await place.start(["export", id, "--out", link])).code).toBe(0);
			expect(lstatSync(inPlace(link)).isSymbolicLink()).toBe(true);
		}
		expect(text("target.csv")).toMatch(/^phase,/);
		expect(statSync(inPlace("target.csv")).mode & 0o777).toBe(0o600);
		expect(text("folder/absent.csv")).toBe(text("target.csv"));
		symlinkSync(".sweetspot/studies.sqlite", inPlace("store.csv"));
		expect((await place.start(["export", id, "--out", "store.csv", "--force"])).stderr).toContain("is a part of the store");
	}, 60_000);

	test("is checked before the work whose result goes there", async () => {
		writeFileSync(inPlace("mine.html"), "mine");
		const { stderr } = await place.start(["tune", "small.yaml", "--set", "seed=99", "--out", "mine.html"]);
		expect(stderr).toContain("is there already");
		expect((await place.start(["studies", "--json"])).stdout).not.toContain('"trials": 0');
	});
});
