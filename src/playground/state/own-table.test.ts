import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { SweetspotError } from "../../core/errors.js";
import { loadCsv } from "../../data/csv/examples.js";
import { mostOfTable, readOwnTable } from "./own-table.js";

const bytes = (lines: readonly string[]) => new TextEncoder().encode(lines.join("\n"));
const flowers = (row: (i: number) => string, header = "width,height,name", count = 60) =>
	bytes([header, ...Array.from({ length: count }, (_, i) => row(i))]);
const names = ["lily", "rose", "aster"];

describe("a table of the user's own", () => {
	test.each([
		["texts", "name", flowers((i) => `${i / 7},${i % 13},${names[i % 3]}`), ["aster", "lily", "rose"]],
		["numbers, by size", "kind", flowers((i) => `${i / 7},${[10, 9][i % 2]},${i / 3}`, "width,kind,height"), ["9", "10"]],
		["a usual name before others", "class", flowers((i) => `${i / 7},${i % 2},${i % 3}`, "width,class,other"), ["0", "1"]],
		["the last of several", "c", flowers((i) => `${i % 2},${i / 7},${i % 3}`, "a,b,c"), ["0", "1", "2"]],
		["gzipped", "name", new Uint8Array(gzipSync(flowers((i) => `${i / 7},${i % 13},${names[i % 3]}`))), ["aster", "lily", "rose"]],
	])("has its classes recognized: %s", async (_, label, file, classes) => {
		const table = await readOwnTable("t.csv", file);
		expect([table.label, table.classes, table.features]).toEqual([label, classes, 2]);
		const source = { name: "csv", file: "t.csv", label, split: null, normalize: "standardize", separator: null } as const;
		expect((await loadCsv(source, async () => file)).classes).toBe(classes.length);
	});

	test("can have its classes in another column", async () => {
		const table = await readOwnTable(
			"t.csv",
			flowers((i) => `${i / 7},${i % 2},${i % 3}`, "width,class,other"),
			"other",
		);
		expect([table.label, table.labels, table.classes]).toEqual(["other", ["class", "other"], ["0", "1", "2"]]);
	});

	test.each([
		["too many bytes", new Uint8Array(mostOfTable.bytes + 1).fill(48), "t.csv has 2.0 MB, and this page takes at most 2.0 MB"],
		[
			"too many bytes, packed",
			new Uint8Array(gzipSync(new Uint8Array(mostOfTable.bytes + 1))),
			"t.csv unpacks to more, and this page takes at most 2.0 MB",
		],
		[
			"too many lines",
			flowers(() => "1,2,3", "a,b,c", mostOfTable.examples + 1),
			"more than 10000 lines, and this page takes at most 10000",
		],
		["too many columns", bytes([Array.from({ length: 300 }, (_, i) => `c${i}`).join()]), "300 columns, and this page takes at most 256"],
		["no classes", flowers((i) => `${i},${i / 3},${i / 7}`), "no column of t.csv looks like classes: width, height, name"],
		[
			"a text among the features",
			flowers((i) => `${i},no${i},${names[i % 3]}`),
			't.csv, line 2, column height: found "no0", expected a number',
		],
		["no table", bytes(["1,2", "3,4"]), "numbers where the names of the columns should be"],
		["no text", Uint8Array.of(0xff, 0xfe, 0x61, 0), "not text in UTF-8"],
	])("is refused with the reason: %s", async (_, file, message) => {
		const error: unknown = await readOwnTable("t.csv", file).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(SweetspotError);
		expect((error as SweetspotError).message).toContain(message);
	});
});
