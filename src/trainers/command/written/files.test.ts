import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fieldsOf, separatorOf } from "./csv-line.js";
import { filesMatching } from "./glob.js";
import { GrowingFile } from "./growing-file.js";

const folder = mkdtempSync(join(tmpdir(), "sweetspot-written-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text = "x"): string {
	const file = join(folder, name);
	mkdirSync(join(file, ".."), { recursive: true });
	writeFileSync(file, text);
	return file;
}

test("patterns stand for names and folders; links and what begins with a dot only where they are written out", () => {
	for (const name of ["g/metrics.csv", "g/a/metrics.csv", "g/a/b/metrics.csv", "g/.git/metrics.csv", "g/a/metrics.csv.bak", "g/[a]/m1.csv"])
		write(name);
	symlinkSync("a", join(folder, "g/link"));
	const found = (pattern: string) => filesMatching(join(folder, "g"), pattern);
	expect(found("**/metrics.csv")).toEqual(["a/b/metrics.csv", "a/metrics.csv", "metrics.csv"]);
	expect(found("*/metrics.csv")).toEqual(["a/metrics.csv"]);
	expect(found("link/metrics.csv")).toEqual(["link/metrics.csv"]);
	expect(found("./[a]/m?.csv")).toEqual(["[a]/m1.csv"]);
	expect(found("none/**/x.csv")).toEqual([]);
});

test("a file is read as it grows, and from its beginning where it is written anew, shortened or replaced", () => {
	const path = write("grows", "one\n");
	const file = new GrowingFile(path);
	const seen: string[] = [];
	const look = () => {
		seen.length = 0;
		file.read({ onAnew: () => seen.push("anew"), onBytes: (bytes) => seen.push(bytes.toString()) });
		return [...seen];
	};
	expect(look()).toEqual(["one\n"]);
	expect(look()).toEqual([]);
	appendFileSync(path, "two\n");
	expect(look()).toEqual(["two\n"]);
	writeFileSync(path, "ONE\ntwo\nthree\n"); // the bytes at its end are the same
	expect(look()).toEqual(["anew", "ONE\ntwo\nthree\n"]);
	writeFileSync(path, "");
	expect(look()).toEqual(["anew"]);
	appendFileSync(path, "four\n");
	expect(look()).toEqual(["four\n"]);
	renameSync(write("other", "four\nfive\n"), path);
	expect(look()).toEqual(["anew", "four\nfive\n"]);
	rmSync(path);
	expect(look()).toEqual([]);
});

test("a file that is written anew while it is read: nothing from the middle of the new one is taken for what follows", () => {
	const rows = (header: string) => `${header}\n${Array.from({ length: 20_000 }, (_, i) => `row ${i}\n`).join("")}`;
	const path = write("changes", rows("a"));
	const file = new GrowingFile(path);
	let text = "";
	const takers = {
		onAnew: () => {
			text = "";
		},
		onBytes: (bytes: Buffer) => {
			if (text === "") writeFileSync(path, rows("a longer header"));
			text += bytes.toString();
		},
	};
	file.read(takers); // only what was there before it changed
	expect(rows("a").startsWith(text)).toBe(true);
	while (file.read(takers).more);
	expect(text).toBe(rows("a longer header"));
});

test("fields are separated by the separator of the header, in quotes or not", () => {
	expect(["a,b", "a;b,c;d", "a\tb", "a"].map(separatorOf)).toEqual([",", ";", "\t", ","]);
	expect(fieldsOf('1, 0.5 ,,"a,""b""",', ",")).toEqual(["1", "0.5", "", 'a,"b"', ""]);
	expect(fieldsOf('"1";2', ";")).toEqual(["1", "2"]);
});
