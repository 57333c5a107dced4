import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { doubles, npyOf, zipOf } from "../../../test/fixtures/numpy.js";
import { SweetspotError } from "../../core/errors.js";
import type { Dataset } from "../dataset.js";
import type { Normalization } from "../normalize.js";
import { loadNpy, loadNpz, type NpzSource } from "./examples.js";

/** `count` examples of two features, (i, −i), of classes 3 and 7 in turn. */
const features = (count: number, from = 0) =>
	npyOf("<f8", [count, 2], doubles(Array.from({ length: count }, (_, i) => [from + i, -from - i]).flat()));
const labels = (count: number, of = (i: number): number => (i % 2 === 0 ? 3 : 7)) =>
	npyOf(
		"|u1",
		[count],
		Uint8Array.from({ length: count }, (_, i) => of(i)),
	);

type Arrays = Readonly<Record<string, Uint8Array>>;
const load = (arrays: Arrays, change: Partial<NpzSource> = {}): Promise<Dataset> =>
	loadNpz({ name: "npz", file: "/d/a.npz", arrays: null, normalize: "none", ...change }, async () =>
		zipOf(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), true),
	);
const counts = ({ train, validation, test: held }: Dataset) => [train.count, validation.count, held?.count ?? null];
const firsts = (data: Dataset) =>
	[data.train, data.validation, data.test].flatMap((set) => Array.from(set?.features ?? []).filter((_, i) => i % 2 === 0));

describe("arrays are found by their names", () => {
	const pool = { one: features(20), two: labels(20) };
	test.each([
		["x", "y"],
		["X", "Y"],
		["features", "labels"],
		["images", "labels"],
		["data", "target"],
	])("%s and %s: a pool, split 60/20/20 within each class", async (one, two) => {
		const data = await load({ [one]: pool.one, [two]: pool.two, other: labels(3) });
		expect(counts(data)).toEqual([12, 4, 4]);
		expect([data.width, data.classes]).toEqual([2, 2]);
		for (const set of [data.train, data.validation])
			for (const [i, label] of set.labels.entries()) expect(set.features[2 * i] % 2).toBe(label); // even ones are of class 3, the first
		expect(firsts(data).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
	});

	test.each([
		["x_train", "y_train", "x_val", "y_val", "x_test", "y_test"],
		["train_images", "train_labels", "validation-images", "validation-labels", "test_images", "test_labels"],
	])("%s and so on: sets of their own, in their order", async (...[a, b, c, d, e, f]) => {
		const data = await load({
			[a]: features(4),
			[b]: labels(4),
			[c]: features(3, 4),
			[d]: labels(3),
			[e]: features(2, 7),
			[f]: labels(2),
		});
		expect(counts(data)).toEqual([4, 3, 2]);
		expect(firsts(data)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
	});

	test("without validation a fifth of each class of the training set is carved off; without test there is none", async () => {
		expect(counts(await load({ x_train: features(20), y_train: labels(20) }))).toEqual([16, 4, null]);
		expect(counts(await load({ x_train: features(20), y_train: labels(20), x_test: features(2), y_test: labels(2) }))).toEqual([16, 4, 2]);
	});

	test("named by the user, alone or before the set", async () => {
		const arrays = { features: "pixels", labels: "what" };
		expect(counts(await load({ pixels: pool.one, what: pool.two, x: labels(1), y: labels(1) }, { arrays }))).toEqual([12, 4, 4]);
		expect(counts(await load({ pixels_train: pool.one, what_train: pool.two }, { arrays }))).toEqual([16, 4, null]);
	});
});

test("two NPY files are a pool, gzipped or not", async () => {
	const files: Arrays = { "/d/x.npy": features(20), "/d/y.npy": gzipSync(labels(20)) };
	const source = { name: "npy", features: "/d/x.npy", labels: "/d/y.npy", normalize: "none" } as const;
	const read = async (place: object) => ("path" in place ? (files[String(place.path)] ?? null) : null);
	expect(await loadNpy(source, read)).toEqual(await load({ x: features(20), y: labels(20) }));
	await expect(loadNpy({ ...source, labels: "/d/z.npy" }, read)).rejects.toThrow("no such data: /d/z.npy");
});

test("bytes with three axes are images: pixels are scaled to [0, 1]; with two they are numbers as they stand", async () => {
	const bytes = Uint8Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 255 : 51));
	const images = await load({ x: npyOf("|u1", [20, 1, 2], bytes), y: labels(20) });
	expect(Array.from(images.train.features.slice(0, 2))).toEqual([1, Math.fround(0.2)]);
	expect(images.image).toEqual({ height: 1, width: 2, channels: 1 });
	const colours = await load({ x: npyOf("|u1", [20, 1, 1, 2], bytes), y: labels(20) });
	expect(colours.image).toEqual({ height: 1, width: 1, channels: 2 });
	expect(Array.from((await load({ x: npyOf("|u1", [20, 2], bytes), y: labels(20) })).train.features.slice(0, 2))).toEqual([255, 51]);
});

describe("normalization is fitted on the training set alone", () => {
	const sets = (outlier: number) => ({
		x_train: npyOf("<f8", [4, 1], doubles([1, 3, 1, 3])),
		y_train: labels(4),
		x_val: npyOf("<f8", [2, 1], doubles([outlier, 2])),
		y_val: labels(2),
	});
	test.each([
		["standardize", [-1, 1, -1, 1], [98, 0]],
		["range", [0, 1, 0, 1], [49.5, 0.5]],
	] as const)("%s", async (normalize, train, validation) => {
		const data = await load(sets(100), { normalize });
		expect([Array.from(data.train.features), Array.from(data.validation.features)]).toEqual([train, validation]);
	});

	test("the training set is the same, no matter what validation and test hold; a pool's training part has mean 0 and sd 1", async () => {
		const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
		await fc.assert(
			fc.asyncProperty(value, async (outlier) => {
				const { train } = await load(sets(outlier), { normalize: "standardize" });
				expect(Array.from(train.features)).toEqual([-1, 1, -1, 1]);
			}),
			{ numRuns: 20 },
		);
		const { train } = await load({ x: features(50), y: labels(50) }, { normalize: "standardize" });
		const column = Array.from(train.features).filter((_, i) => i % 2 === 0);
		const mean = column.reduce((a, b) => a + b) / column.length;
		expect(Math.abs(mean)).toBeLessThan(1e-6); // single precision
		expect(Math.abs(column.reduce((sum, x) => sum + x * x, 0) / column.length - 1)).toBeLessThan(1e-6);
	});
});

test.each<[string, Arrays, string, Partial<NpzSource>?]>([
	["no arrays", {}, "/d/a.npz holds no arrays of numpy's"],
	["other names", { a: features(4), b: labels(4) }, "holds the arrays a, b: none are called x and y, or features and labels"],
	["two meanings", { x: features(4), y: labels(4), data: features(4), target: labels(4) }, "several could be meant"],
	["other names than the user's", { x: features(4), y: labels(4) }, "none are called a and b", { arrays: { features: "a", labels: "b" } }],
	["other counts", { x: features(20), y: labels(19) }, "/d/a.npz, array x has 20 examples, but /d/a.npz, array y has 19 labels"],
	[
		"one column a class",
		{ x: features(4), y: npyOf("<f8", [4, 2], doubles([1, 0, 0, 1, 1, 0, 0, 1])) },
		"has the shape 4×2, expected one label",
	],
	[
		"labels that are no classes",
		{ x: features(2), y: npyOf("<f8", [2], doubles([0.5, 1])) },
		"array y, example 1: found 0.5, expected a whole number",
	],
	[
		"a gap",
		{ x: npyOf("<f8", [20], doubles([...Array(19).keys(), Number.NaN])), y: labels(20) },
		"example 20, feature 1: found NaN, expected a number",
	],
	["infinity", { x: npyOf("<f8", [20], doubles([...Array(19).keys(), Infinity])), y: labels(20) }, "example 20, feature 1: found Infinity"],
	[
		"a number beyond single precision",
		{ x: npyOf("<f8", [20], doubles(Array(20).fill(1e39))), y: labels(20) },
		"1e+39 is too large to train on",
	],
	["no features", { x: npyOf("<f8", [20, 0], new Uint8Array()), y: labels(20) }, "has the shape 20×0: no features"],
	[
		"other widths",
		{ x_train: features(20), y_train: labels(20), x_test: npyOf("<f8", [2], doubles([1, 2])), y_test: labels(2) },
		"array x_test has 1 features",
	],
	[
		"a class that training lacks",
		{ x_train: features(20), y_train: labels(20), x_test: features(2), y_test: labels(2, () => 9) },
		"array y_test, example 1: the label 9 does not occur",
	],
	["one class", { x: features(20), y: labels(20, () => 3) }, "20 training examples of one class, 3"],
	["nothing for validation", { x: features(8), y: labels(8) }, "of 8 examples none is left for validation"],
	["no examples", { x: features(0), y: labels(0) }, "has no training examples"],
])("%s: refused with the reason", async (_, arrays, message, change) => {
	const error: unknown = await load(arrays, change).catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(SweetspotError);
	expect((error as SweetspotError).message).toContain(message);
});

test("a file that was damaged anywhere, or cut, gives the same examples, or an error", async () => {
	const whole = zipOf({ "x.npy": features(20), "y.npy": labels(20) }, false);
	const read = (bytes: Uint8Array, normalize: Normalization = "none") =>
		loadNpz({ name: "npz", file: "a.npz", arrays: null, normalize }, async () => bytes);
	const expected = await read(whole);
	await fc.assert(
		fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.option(fc.nat(whole.length)), async (at, byte, cut) => {
			const bytes = whole.slice(0, cut ?? undefined);
			if (at < bytes.length) bytes[at] = byte;
			try {
				expect(await read(bytes)).toEqual(expected);
			} catch (error) {
				if (!(error instanceof SweetspotError)) throw error;
			}
		}),
		{ numRuns: 300 },
	);
});
