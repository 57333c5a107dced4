import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SweetspotError } from "../../core/errors.js";
import type { Dataset } from "../dataset.js";
import { loadDataset } from "../load.js";
import type { Place } from "../source.js";

const header = (...words: readonly number[]): Buffer => {
	const bytes = Buffer.alloc(4 * words.length);
	for (const [i, word] of words.entries()) bytes.writeUInt32BE(word, 4 * i);
	return bytes;
};
const images = (count: number, shade: (image: number, pixel: number) => number): Buffer =>
	Buffer.concat([header(0x803, count, 2, 3), Buffer.from(Array.from({ length: 6 * count }, (_, i) => shade(Math.floor(i / 6), i % 6)))]);
const labels = (count: number, label: (image: number) => number): Buffer =>
	Buffer.concat([header(0x801, count), Buffer.from(Array.from({ length: count }, (_, i) => label(i)))]);

type Files = Readonly<Record<string, Uint8Array>>;

/** Thirty training images (each all of one shade: its number) of classes 3, 5 and 8, and six to test. */
const valid: Files = {
	"train-images-idx3-ubyte": images(30, (image) => image),
	"train-labels-idx1-ubyte": labels(30, (image) => [3, 5, 8][image % 3]),
	"t10k-images-idx3-ubyte": images(6, (image, pixel) => (pixel === 0 ? 255 : image)),
	"t10k-labels-idx1-ubyte": labels(6, (image) => [8, 5, 3][image % 3]),
};
const load = (files: Files): Promise<Dataset> =>
	loadDataset({ name: "idx", folder: "/mnist" }, async (place) =>
		"path" in place ? (files[place.path.replace("/mnist/", "")] ?? null) : null,
	);

describe("a folder of IDX files", () => {
	test("gives pixels from 0 to 1, classes in the order of the labels, and a fifth of each class for validation", async () => {
		const { train, validation, test: held, width, classes } = await load(valid);
		expect([width, classes, train.count, validation.count, held?.count]).toEqual([6, 3, 24, 6, 6]);
		for (const set of [train, validation]) {
			for (let i = 0; i < set.count; i++) {
				const image = Math.round(255 * set.features[6 * i]);
				expect(set.labels[i]).toBe(image % 3);
				expect(Array.from(set.features.subarray(6 * i, 6 * i + 6))).toEqual(Array(6).fill(Math.fround(image / 255)));
			}
		}
		expect([0, 1, 2].map((label) => Array.from(validation.labels).filter((other) => other === label).length)).toEqual([2, 2, 2]);
		expect(Array.from(held?.labels ?? [])).toEqual([2, 1, 0, 2, 1, 0]);
		expect(held?.features[0]).toBe(1);
	});

	test("is counted while it is unpacked: a small file may hold more than all memory", async () => {
		const name = "train-images-idx3-ubyte";
		const bomb: Files = { ...valid, [name]: gzipSync(Buffer.concat([valid[name], Buffer.alloc(300_000)])) };
		const find = async (place: Place) => ("path" in place ? (bomb[place.path.replace("/mnist/", "")] ?? null) : null);
		const read = Object.assign(find, { mostBytes: 200_000 });
		await expect(loadDataset({ name: "idx", folder: "/mnist" }, read)).rejects.toMatchObject({
			code: "data/too-large",
			message: expect.stringContaining(`${name} unpacks to`),
		});
	});

	test("may be gzipped, and have points in the names", async () => {
		const gzipped = Object.entries(valid).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]);
		expect(await load(Object.fromEntries(gzipped))).toEqual(await load(valid));
		const pointed = Object.entries(valid).map(([name, bytes]) => [name.replace("-idx", ".idx"), bytes]);
		expect(await load(Object.fromEntries(pointed))).toEqual(await load(valid));
	});
});

const without = (name: string): Files => Object.fromEntries(Object.entries(valid).filter(([other]) => other !== name));
const instead = (name: string, bytes: Uint8Array): Files => ({ ...valid, [name]: bytes });
const [trainImages, trainLabels, testImages, testLabels] = Object.keys(valid);

test.each([
	["a missing file", without(testLabels), "/mnist has no t10k-labels-idx1-ubyte, gzipped or not"],
	[
		"a file cut short",
		instead(trainImages, valid[trainImages].subarray(0, 100)),
		"is cut short: 30 images of 6 bytes and a header of 16 make 196, found 100",
	],
	[
		"a file too long",
		instead(trainLabels, Buffer.concat([valid[trainLabels], Buffer.alloc(1)])),
		"is longer than it says: 30 labels of 1 bytes",
	],
	["less than a header", instead(trainImages, valid[trainImages].subarray(0, 10)), "has 10 bytes, fewer than its header alone"],
	["a wrong magic number", instead(trainLabels, valid[trainImages]), "begins with 0x00000803, expected 0x00000801: it holds no labels"],
	["a size beyond all memory", instead(trainImages, header(0x803, 0xffffffff, 0xffffffff, 0xffffffff)), "is cut short: 4294967295 images"],
	["images without pixels", instead(trainImages, header(0x803, 30, 0, 3)), "has images of 0×3 pixels"],
	[
		"other counts",
		instead(
			trainLabels,
			labels(29, () => 3),
		),
		"has 30 images, but train-labels-idx1-ubyte has 29 labels",
	],
	[
		"other sizes",
		instead(testImages, Buffer.concat([header(0x803, 6, 1, 2), Buffer.alloc(12)])),
		"has images of 2×3 pixels, t10k-images-idx3-ubyte of 1×2",
	],
	[
		"a label that training lacks",
		instead(
			testLabels,
			labels(6, () => 4),
		),
		"image 1: the label 4 does not occur in the training set (3, 5, 8)",
	],
	[
		"a class of one",
		instead(
			trainLabels,
			labels(30, (i) => (i === 0 ? 200 : 3)),
		),
		"the class 200 has a single training example",
	],
	[
		"one class",
		instead(
			trainLabels,
			labels(30, () => 7),
		),
		"30 training examples of one class, 7",
	],
	[
		"nothing at all",
		{
			...instead(
				trainLabels,
				labels(0, () => 0),
			),
			[trainImages]: images(0, () => 0),
		},
		"has no training examples",
	],
	["half a gzip file", instead(trainImages, gzipSync(valid[trainImages]).subarray(0, 30)), "begins like a gzip file, but its 30 bytes"],
])("%s is refused with the reason", async (_, files, message) => {
	const error: unknown = await load(files).catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(SweetspotError);
	expect((error as SweetspotError).message).toContain(message);
});

test("MNIST is looked for where the docs say to put it; where it isn't, the message names the place", async () => {
	const keptAs = (files: Files) => loadDataset({ name: "mnist" }, async (place) => ("kept" in place ? (files[place.file] ?? null) : null));
	expect(await keptAs(valid)).toEqual(await load(valid));
	const error: unknown = await keptAs(without(trainImages)).catch((reason: unknown) => reason);
	expect((error as SweetspotError).code).toBe("data/not-found");
	expect((error as SweetspotError).fix).toContain("into the folder that `sweetspot data` names; or name a folder");
});

test("Fashion-MNIST that isn't installed comes with the command that installs it", async () => {
	const error: unknown = await loadDataset({ name: "fashion-mnist" }, async () => null).catch((reason: unknown) => reason);
	expect((error as SweetspotError).code).toBe("data/not-found");
	expect((error as SweetspotError).fix).toContain("sudo apt-get install -y dataset-fashion-mnist");
});

test("a file that was damaged anywhere is refused with a reason, or has the counts its header says", async () => {
	const damage = fc.record({
		file: fc.constantFrom(...Object.keys(valid)),
		gzip: fc.boolean(),
		at: fc.nat(250),
		byte: fc.nat(255),
		cut: fc.option(fc.nat(250)),
	});
	await fc.assert(
		fc.asyncProperty(damage, async ({ file, gzip, at, byte, cut }) => {
			const bytes = Uint8Array.from(gzip ? gzipSync(valid[file]) : valid[file]).slice(0, cut ?? undefined);
			if (at < bytes.length) bytes[at] = byte;
			try {
				const { train, validation, test: held } = await load(instead(file, bytes));
				expect([train.count + validation.count, held?.count ?? 0]).toEqual([30, 6]);
				expect(train.labels.length).toBe(train.count);
			} catch (error) {
				if (!(error instanceof SweetspotError)) throw error;
			}
		}),
		{ numRuns: 300 },
	);
});
