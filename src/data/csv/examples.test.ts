import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SweetspotError } from "../../core/errors.js";
import type { Dataset } from "../dataset.js";
import { type CsvSource, loadCsv } from "./examples.js";

const source: CsvSource = { name: "csv", file: "/data/t.csv", label: "y", split: null, normalize: "none", separator: null };
const load = (content: string | Uint8Array | null, change: Partial<CsvSource> = {}): Promise<Dataset> =>
	loadCsv({ ...source, ...change }, async () => (typeof content === "string" ? new TextEncoder().encode(content) : content));

/** Ten examples of each of two classes; x counts up, u is a constant. */
const lines = Array.from({ length: 20 }, (_, i) => `${i},0.1,${i % 2 === 0 ? "no" : "yes"}`);
const table = ["x,u,y", ...lines].join("\n");
const total = ({ train, validation, test: held }: Dataset) => train.count + validation.count + (held?.count ?? 0);
const column = (features: Float32Array, width: number, j: number) => Array.from(features).filter((_, i) => i % width === j);

describe("a table with a text label", () => {
	test("is split 60/20/20 within each class; classes go by the letters", async () => {
		const data = await load(table);
		expect([data.width, data.classes]).toEqual([2, 2]);
		expect([data.train.count, data.validation.count, data.test?.count]).toEqual([12, 4, 4]);
		for (const { features, labels } of [data.train, data.validation]) {
			for (const [i, label] of labels.entries()) expect(features[2 * i] % 2).toBe(label); // even x are "no", odd ones "yes"
		}
	});

	test("gzipped is the same", async () => expect(await load(gzipSync(table))).toEqual(await load(table)));
});

describe("a split column", () => {
	const split = (name: (i: number) => string) => ["x,set,y", ...lines.map((line, i) => line.replace(",0.1,", `,${name(i)},`))].join("\n");

	test("says which set each example is in, in the file's order", async () => {
		const data = await load(
			split((i) => ["train", "Validation", "test"][Math.floor(i / 10)] ?? ""),
			{ split: "set" },
		);
		expect(Array.from(data.train.features)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(Array.from(data.validation.features)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
		expect(data.test).toBeNull();
	});

	test("without validation, a fifth of each class of the training set is carved off", async () => {
		const data = await load(
			split((i) => (i < 10 ? "train" : "test")),
			{ split: "set" },
		);
		expect([data.train.count, data.validation.count, data.test?.count]).toEqual([8, 2, 10]);
		expect([...data.train.features, ...data.validation.features].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(Array.from(data.validation.labels).sort()).toEqual([0, 1]);
	});

	test("takes no other words", async () => {
		const bad = split((i) => (i === 3 ? "dev" : "train"));
		await expect(load(bad, { split: "set" })).rejects.toThrow(
			'/data/t.csv, line 5, column set: found "dev", expected train, validation or test',
		);
	});
});

describe("normalization is fitted on the training set", () => {
	const uneven = ["x,u,s,y", "1,7,train,a", "3,7,train,a", "1,7,train,b", "3,7,train,b", "100,8,validation,a", "2,7,validation,b"].join(
		"\n",
	);

	test("standardize", async () => {
		const { train, validation } = await load(uneven, { split: "s", normalize: "standardize" });
		expect(column(train.features, 2, 0)).toEqual([-1, 1, -1, 1]);
		expect(column(validation.features, 2, 0)).toEqual([98, 0]);
		expect(column(validation.features, 2, 1)).toEqual([1, 0]); // a constant is only shifted
	});

	test("range", async () => {
		const { train, validation } = await load(uneven, { split: "s", normalize: "range" });
		expect(column(train.features, 2, 0)).toEqual([0, 1, 0, 1]);
		expect(column(validation.features, 2, 0)).toEqual([49.5, 0.5]);
	});

	test("a constant that no mean hits exactly is no noise afterwards", async () => {
		const { train } = await load(table, { normalize: "standardize" });
		expect(new Set(column(train.features, 2, 1))).toEqual(new Set([0]));
	});
});

test("number labels go by size, however they are written", async () => {
	const text = ["x,y", ...Array.from({ length: 15 }, (_, i) => `${i},${["10", "9", "9.0"][i % 3]}`)].join("\n");
	const data = await load(text);
	expect(data.classes).toBe(2);
	for (const [i, x] of data.train.features.entries()) expect(data.train.labels[i]).toBe(x % 3 === 0 ? 1 : 0);
});

describe("what can't be trained on is refused, with the place", () => {
	const at = (row: number, line: string) => ["x,u,y", ...lines.slice(0, row), line, ...lines.slice(row + 1)].join("\n");
	test.each([
		[null, {}, "no such data: /data/t.csv"],
		["", {}, "is empty"],
		["x,y\n", {}, "has a header and no examples"],
		["y\na\nb\n", {}, "has no features: its columns are y"],
		[table, { label: "Y" }, "has no column Y; it has x, u, y"],
		[table, { split: "sett" }, "has no column sett"],
		[table, { split: "y" }, "both name the column y"],
		[at(2, "2,no"), {}, "line 4: 2 fields, but the header has 3"],
		[at(2, "abc,0,no"), {}, 'line 4, column x: found "abc", expected a number'],
		[at(2, "NaN,0,no"), {}, "line 4, column x: found NaN, expected a number"],
		[at(2, ",0,no"), {}, "line 4, column x: nothing, expected a number"],
		[at(2, '"1,5",0,no'), {}, "line 4, column x: found 1,5, expected a number"],
		[at(2, "1,0,"), {}, "line 4, column y: no label"],
		[at(2, "1e39,0,no"), {}, "line 4, column x: 1e+39 is too large to train on"],
		[at(2, "2,0,maybe"), {}, "the class maybe has a single training example"],
		[["x,y", ...Array.from({ length: 9 }, (_, i) => `${i},a`)].join("\n"), {}, "9 training examples of one class, a"],
		["x,y\n1,a\n2,a\n3,b\n4,b\n", {}, "of 4 examples none is left for validation"],
		[
			"x,s,y\n1,train,a\n2,train,a\n3,train,b\n4,train,b\n5,validation,c\n",
			{ split: "s" },
			"line 6: the label c does not occur in the training set (a, b)",
		],
		["x,s,y\n1,test,a\n2,test,b\n", { split: "s" }, "has no training examples"],
		[gzipSync(table).subarray(0, 40), {}, "begins like a gzip file, but its 40 bytes cannot be unpacked"],
		[Uint8Array.of(0x1f, 0x8b, 1, 2, 3), {}, "begins like a gzip file"],
	])("%#: %s", async (content, change, message) => {
		const error: unknown = await load(content, change).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(SweetspotError);
		expect((error as SweetspotError).message).toContain(message);
	});
});

test("a file that was damaged anywhere is refused with a reason, or read whole", async () => {
	const whole = new TextEncoder().encode(table);
	const damage = fc.array(
		fc.record({ at: fc.nat(whole.length - 1), byte: fc.oneof(fc.constantFrom(...new TextEncoder().encode('",\n\r;x0- ')), fc.nat(255)) }),
		{ minLength: 1, maxLength: 4 },
	);
	await fc.assert(
		fc.asyncProperty(damage, fc.nat(whole.length), fc.boolean(), async (changes, length, cut) => {
			const bytes = whole.slice(0, cut ? length : whole.length);
			for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
			try {
				const data = await load(bytes);
				// Counted by other means: lines that aren't blank, but for the header. (A quote could hide a line end; then the counts must be
				// fewer.)
				const text = new TextDecoder().decode(bytes);
				const examples = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "").length - 1;
				if (text.includes('"')) expect(total(data)).toBeLessThanOrEqual(examples);
				else expect(total(data)).toBe(examples);
				expect(data.train.features.length).toBe(data.train.count * data.width);
				for (const { labels } of [data.train, data.validation])
					expect(labels.every((label) => label >= 0 && label < data.classes)).toBe(true);
			} catch (error) {
				if (!(error instanceof SweetspotError)) throw error;
			}
		}),
		{ numRuns: 300 },
	);
});
