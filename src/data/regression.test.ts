import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { doubles, npyOf, zipOf } from "../../test/fixtures/numpy.js";
import { SweetspotError } from "../core/errors.js";
import { type CsvSource, loadCsv } from "./csv/examples.js";
import type { Dataset } from "./dataset.js";
import { factsOf } from "./load.js";
import { loadNpy, loadNpz, type NpzSource } from "./numpy/examples.js";

/* Twenty examples: x counts up from 0, z is its square; of two targets one is 2x + 1, the other 1 − x. */
const rows = Array.from({ length: 20 }, (_, x) => ({ features: [x, x * x], targets: [2 * x + 1, 1 - x] }));
const table = ["x,z,t,u", ...rows.map(({ features, targets }) => [...features, ...targets].join(","))].join("\n");
const source: CsvSource = { name: "csv", file: "/d/t.csv", target: ["t", "u"], split: null, normalize: "none", separator: null };
const load = (text: string, change: Partial<CsvSource> = {}): Promise<Dataset> =>
	loadCsv({ ...source, ...change }, async () => new TextEncoder().encode(text));

const matrix = (of: (row: (typeof rows)[number]) => readonly number[]) =>
	npyOf("<f8", [20, 2], doubles(rows.flatMap((row) => [...of(row)])));
const [x, y] = [matrix(({ features }) => features), matrix(({ targets }) => targets)];
const npzSource: NpzSource = { name: "npz", file: "/d/a.npz", arrays: { features: null, target: "y" }, normalize: "none" };
const loadArrays = (arrays: Readonly<Record<string, Uint8Array>>, change: Partial<NpzSource> = {}): Promise<Dataset> =>
	loadNpz({ ...npzSource, ...change }, async () =>
		zipOf(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), true),
	);

describe("a table with targets", () => {
	test("has no classes; every example keeps its targets, and each is in one of the three sets", async () => {
		const data = await load(table);
		expect([data.width, data.classes]).toEqual([2, 0]);
		const sets = [data.train, data.validation, data.test].filter((set) => set !== null);
		expect(sets.map(({ count }) => count)).toEqual([12, 4, 4]);
		for (const { count, features, targets } of sets)
			for (let i = 0; i < count; i++) {
				const value = features[2 * i];
				expect([features[2 * i + 1], targets?.[2 * i], targets?.[2 * i + 1]]).toEqual([value ** 2, 2 * value + 1, 1 - value]);
			}
		const seen = sets.flatMap(({ features }) => Array.from(features).filter((_, i) => i % 2 === 0));
		expect(seen.sort((a, b) => a - b)).toEqual(rows.map(({ features }) => features[0]));
		expect(await factsOf(data)).toMatchObject({ train: 12, classes: 0, targets: 2 });
	});

	test("and a split column goes by it; without a validation set a fifth of the training set is carved off", async () => {
		const set = (of: (i: number) => string) => table.split("\n").map((line, i) => `${line},${i === 0 ? "set" : of(i - 1)}`);
		const whole = await load(set((i) => (i < 5 ? "train" : i < 15 ? "validation" : "test")).join("\n"), { split: "set" });
		expect(
			[whole.train, whole.validation, whole.test].map((part) => Array.from(part?.targets ?? []).filter((_, i) => i % 2 === 0)),
		).toEqual([rows.slice(0, 5), rows.slice(5, 15), rows.slice(15)].map((part) => part.map(({ targets }) => targets[0])));
		const carved = await load(set((i) => (i < 10 ? "train" : "test")).join("\n"), { split: "set" });
		expect([carved.train.count, carved.validation.count, carved.test?.count]).toEqual([8, 2, 10]);
	});

	test("normalizes them by the training set, if asked, for features of any kind", async () => {
		const lines = ["x,s,t", "5,train,1", "6,train,3", "7,train,1", "8,train,3", "9,validation,100"].join("\n");
		const change = { target: ["t"], split: "s" };
		const standard = await load(lines, { ...change, normalizeTarget: "standardize" });
		expect([Array.from(standard.train.targets ?? []), Array.from(standard.validation.targets ?? [])]).toEqual([[-1, 1, -1, 1], [98]]);
		expect(Array.from(standard.train.features)).toEqual([5, 6, 7, 8]);
		const range = await load(lines, { ...change, normalizeTarget: "range", normalize: "range" });
		expect([Array.from(range.train.targets ?? []), range.train.features[3]]).toEqual([[0, 1, 0, 1], 1]);
	});

	const line = (row: number, content: string) =>
		table
			.split("\n")
			.map((old, i) => (i === row ? content : old))
			.join("\n");
	test.each([
		["a text", line(3, "2,4,high,0"), {}, 'line 4, column t: found "high", expected a number'],
		["NaN", line(3, "2,4,5,nan"), {}, "line 4, column u: found nan, expected a number"],
		["nothing", line(3, "2,4,,0"), {}, "line 4, column t: nothing, expected a number"],
		["a decimal comma", line(3, '2,4,"1,5",0'), {}, "line 4, column t: found 1,5, expected a number"],
		["too large a number", line(3, "2,4,1e39,0"), {}, "line 4, column t: 1e+39 is too large to train on"],
		["a column that isn't there", table, { target: ["T"] }, "has no column T; it has x, z, t, u"],
		["one column twice", table, { target: ["t", "t"] }, "`target` names twice the column t"],
		["its split's column", table, { split: "t" }, "`target` and `split` both name the column t"],
		["nothing but targets", table, { target: ["x", "z", "t", "u"] }, "has no features"],
		["a constant", "x,t\n1,7\n2,7\n3,7\n4,7\n5,7\n", { target: ["t"] }, "column t: the target is 7 in all 5 training examples"],
		[
			"too few examples",
			"x,t\n1,7\n2,8\n3,9\n4,7\n",
			{ target: ["t"] },
			"of 4 examples none is left for validation: a fifth, rounded down",
		],
		["no training examples", "x,t,s\n1,7,test\n", { target: ["t"], split: "s" }, "has no training examples"],
	])("that has %s is refused with the place", async (_, text, change, message) => {
		const error: unknown = await load(text, change).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(SweetspotError);
		expect((error as SweetspotError).message).toContain(message);
	});
});

test("a table damaged anywhere is refused with a reason, or has a number for every target", async () => {
	const whole = new TextEncoder().encode(table);
	const damage = fc.array(
		fc.record({ at: fc.nat(whole.length - 1), byte: fc.oneof(fc.constantFrom(...new TextEncoder().encode('",\n\r;x0- e')), fc.nat(255)) }),
		{ minLength: 1, maxLength: 4 },
	);
	await fc.assert(
		fc.asyncProperty(damage, async (changes) => {
			const bytes = whole.slice();
			for (const { at, byte } of changes) bytes[at] = byte;
			try {
				const { train, validation, test: held } = await loadCsv(source, async () => bytes);
				for (const set of [train, validation, held]) {
					expect(set?.targets?.length).toBe(2 * (set?.count ?? 0));
					expect([...(set?.targets ?? []), ...(set?.features ?? [])].every(Number.isFinite)).toBe(true);
				}
			} catch (error) {
				if (!(error instanceof SweetspotError)) throw error;
			}
		}),
		{ numRuns: 300 },
	);
});

describe("numpy's arrays with targets", () => {
	test("are the same examples as the table, by a usual name of the features or by the user's, in one file or two", async () => {
		const expected = await load(table);
		expect(await loadArrays({ x, y })).toEqual(expected);
		expect(await loadArrays({ what: x, y }, { arrays: { features: "what", target: "y" } })).toEqual(expected);
		const files = new Map([
			["/d/x.npy", x],
			["/d/y.npy", y],
		]);
		const read = async (place: object) => ("path" in place ? (files.get(String(place.path)) ?? null) : null);
		expect(await loadNpy({ name: "npy", features: "/d/x.npy", target: "/d/y.npy", normalize: "none" }, read)).toEqual(expected);
	});

	test("may come as sets of their own, one target each", async () => {
		const column = (values: readonly number[]) => npyOf("<f8", [values.length], doubles(values));
		const arrays = { x_train: column([1, 2]), y_train: column([0.5, -1]), x_val: column([3]), y_val: column([2.25]) };
		const { train, validation, test: none } = await loadArrays(arrays, { normalizeTarget: "none" });
		expect([Array.from(train.targets ?? []), Array.from(validation.targets ?? []), none]).toEqual([[0.5, -1], [2.25], null]);
	});

	test.each<[string, Readonly<Record<string, Uint8Array>>, string]>([
		[
			"NaN",
			{ x, y: npyOf("<f8", [20], doubles([...Array(19).keys(), Number.NaN])) },
			"array y, example 20, target 1: found NaN, expected a number",
		],
		["other counts", { x, y: npyOf("<f8", [3], doubles([1, 2, 3])) }, "array x has 20 examples, but /d/a.npz, array y has 3 targets"],
		[
			"other widths",
			{ x_train: x, y_train: y, x_test: x, y_test: npyOf("<f8", [20], doubles([...Array(20).keys()])) },
			"1 targets an example",
		],
		["features alone", { y }, "none are called x and y"],
	])("that have %s are refused", async (_, arrays, message) => {
		const error: unknown = await loadArrays(arrays).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(SweetspotError);
		expect((error as SweetspotError).message).toContain(message);
	});
});
