import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { factsOf, loadDataset } from "./load.js";
import { replacingSampler, reshufflingSampler } from "./sampler.js";
import type { ReadBytes } from "./source.js";
import { stratifiedSplit } from "./split.js";

const read: ReadBytes = async (place) =>
	"packaged" in place ? new Uint8Array(await readFile(new URL(`../../data/${place.packaged}`, import.meta.url))) : null;

describe("digits", () => {
	test("are 1,797 images of ten classes, split 60/20/20 within each class, with pixels in [0, 1]", async () => {
		const digits = await loadDataset({ name: "digits" }, read);
		const facts = await factsOf(digits);
		expect(facts).toMatchObject({ features: 64, classes: 10 });
		expect(facts.train + facts.validation + facts.test).toBe(1797);
		for (const set of [digits.train, digits.validation, digits.test]) {
			const counts = Array.from({ length: 10 }, (_, label) => (set?.labels ?? []).filter((other) => other === label).length);
			expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(set === digits.train ? 8 : 2);
		}
		expect(digits.train.features.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true);
		// The pixel sum of all images, as `zcat data/digits.csv.gz | awk` adds it up: 561718 sixteenths.
		const sum = [digits.train, digits.validation, digits.test].reduce(
			(total, set) => total + Array.from(set?.features ?? []).reduce((a, b) => a + b, 0),
			0,
		);
		expect(sum * 16).toBe(561718);
	});

	test("say when the file isn't the one shipped", async () => {
		await expect(loadDataset({ name: "digits" }, async () => new Uint8Array(10))).rejects.toThrow(
			/cannot be read: digits.csv.gz has 10 bytes/,
		);
	});
});

test("the tutorial's blobs are 500 to train and 500 held out, around three centres with a spread of 2", async () => {
	const { train, validation, test: none, classes } = await loadDataset({ name: "tutorial-blobs" }, read);
	expect([train.count, validation.count, none, classes]).toEqual([500, 500, null, 3]);
	expect([...train.features.slice(0, 2), train.labels[0]]).toEqual([Math.fround(0.4871981127474787), Math.fround(-0.4316054814243375), 2]);
	for (const label of [0, 1, 2]) {
		const own = [train, validation].flatMap((set) =>
			Array.from(set.labels).flatMap((other, i) => (other === label ? [set.features[2 * i]] : [])),
		);
		expect(Math.abs(own.length - 1000 / 3)).toBeLessThan(1);
		const mean = own.reduce((a, b) => a + b, 0) / own.length;
		const sd = Math.sqrt(own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (own.length - 1));
		expect(Math.abs(sd - 2)).toBeLessThan(4 * (2 / Math.sqrt(2 * own.length))); // four standard errors
	}
});

test("blobs have the spread they were asked for, around centres of their own", async () => {
	const spread = 0.5;
	const { train, validation, test: held } = await loadDataset({ name: "blobs", examples: 6000, classes: 3, features: 2, spread }, read);
	expect([train.count, validation.count, held?.count]).toEqual([3600, 1200, 1200]);
	for (let label = 0; label < 3; label++) {
		const rows = Array.from(train.labels.keys()).filter((i) => train.labels[i] === label);
		for (let feature = 0; feature < 2; feature++) {
			const values = rows.map((row) => train.features[row * 2 + feature]);
			const mean = values.reduce((a, b) => a + b) / values.length;
			const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
			expect(Math.abs(sd / spread - 1)).toBeLessThan(5 / Math.sqrt(2 * values.length)); // five standard errors of a standard deviation
		}
	}
});

test("a stratified split uses every example once", () => {
	const labels = Int32Array.from({ length: 101 }, (_, i) => i % 3);
	const { train, validation, test: held } = stratifiedSplit(labels, 3);
	expect([...train, ...validation, ...held].sort((a, b) => a - b)).toEqual(Array.from(labels.keys()));
	expect([train.length, validation.length, held.length]).toEqual([65, 18, 18]);
});

describe("samplers", () => {
	const batches = (sampler: { next(indices: Int32Array): number }, count: number): number[][] =>
		Array.from({ length: count }, () => {
			const indices = new Int32Array(16);
			return Array.from(indices.subarray(0, sampler.next(indices)));
		});

	test("an epoch is made of disjoint batches that use every example once, shuffled anew", () => {
		const epochs = batches(reshufflingSampler(10, 4, "keep", Rng.fromSeed(1)), 6);
		expect(epochs.map((batch) => batch.length)).toEqual([4, 4, 2, 4, 4, 2]);
		const [first, second] = [epochs.slice(0, 3).flat(), epochs.slice(3).flat()];
		for (const epoch of [first, second]) expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(second).not.toEqual(first);
	});

	test("a partial last batch can be dropped", () => {
		expect(batches(reshufflingSampler(10, 4, "drop", Rng.fromSeed(1)), 4).map((batch) => batch.length)).toEqual([4, 4, 4, 4]);
	});

	test.each(["keep", "drop"] as const)("batches may change their size within an epoch (%s)", (lastBatch) => {
		const sampler = reshufflingSampler(10, 4, lastBatch, Rng.fromSeed(1));
		const indices = new Int32Array(10);
		const sizes = [undefined, 3, 5, 2, 20].map((size) => sampler.next(indices, size));
		// Kept: 4 + 3 + 3 of 10, then 2 + 8. Dropped: the five don't fit into the three that are left, the twenty are all there are.
		expect(sizes).toEqual(lastBatch === "keep" ? [4, 3, 3, 2, 8] : [4, 3, 5, 2, 3]);
		expect(replacingSampler(10, 4, Rng.fromSeed(1)).next(indices, 7)).toBe(7);
	});

	test.each([
		["reshuffled", () => reshufflingSampler(10, 3, "keep", Rng.fromSeed(1))],
		["reshuffled, the rest dropped", () => reshufflingSampler(10, 3, "drop", Rng.fromSeed(1))],
		["with replacement", () => replacingSampler(10, 3, Rng.fromSeed(1))],
	])("batches may be drawn ahead and taken back (%s)", (_, made) => {
		const [ahead, plain] = [made(), made()];
		const [drawn, expected] = [new Int32Array(9), new Int32Array(9)];
		for (let at = 0; at < 9; at += 3) plain.next(expected, 3, at);
		ahead.next(drawn);
		const back = ahead.mark();
		ahead.next(drawn, 3, 3);
		ahead.next(drawn, 3, 6);
		expect(drawn).toEqual(expected);
		drawn.fill(-1, 3);
		back();
		ahead.next(drawn, 3, 3);
		ahead.next(drawn, 3, 6);
		expect(drawn).toEqual(expected);
	});

	test("they know when the next batch begins an epoch", () => {
		const begins = (lastBatch: "keep" | "drop") => {
			const sampler = reshufflingSampler(10, 4, lastBatch, Rng.fromSeed(1));
			return Array.from({ length: 5 }, () => {
				const begun = sampler.beginsEpoch();
				sampler.next(new Int32Array(10));
				return begun;
			});
		};
		expect(begins("keep")).toEqual([true, false, false, true, false]);
		expect(begins("drop")).toEqual([true, false, true, false, true]);
		expect(replacingSampler(10, 4, Rng.fromSeed(1)).beginsEpoch()).toBe(false);
	});

	test("with replacement, every example is drawn alike, and a batch may hold one twice", () => {
		const drawn = batches(replacingSampler(5, 10, Rng.fromSeed(2)), 1000);
		expect(drawn.every((batch) => batch.length === 10)).toBe(true);
		const counts = Array.from({ length: 5 }, (_, i) => drawn.flat().filter((index) => index === i).length);
		for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.2 * 0.8));
	});
});

test("the teacher's targets are what a network says, and noise of the size asked for", async () => {
	const source = { name: "teacher", examples: 5000, features: 4, units: 8, targets: 2 } as const;
	const [noisy, exact] = await Promise.all([0.5, 0].map((noise) => loadDataset({ ...source, noise }, read)));
	expect(await factsOf(noisy)).toMatchObject({ train: 4000, validation: 1000, test: 0, features: 4, classes: 0, targets: 2 });
	const targets = exact.train.targets ?? [];
	const variance = [...targets].reduce((sum, y) => sum + y * y, 0) / targets.length;
	expect(variance).toBeGreaterThan(0.3); // near 1, for any number of units and features
	expect(variance).toBeLessThan(3);
	// The same draws, of which one source makes nothing.
	expect(noisy.train.features.subarray(0, 4)).toEqual(exact.train.features.subarray(0, 4));
	const differences = Array.from(noisy.validation.targets ?? [], (y, i) => y - (exact.validation.targets?.[i] ?? Number.NaN));
	const deviation = Math.sqrt(differences.reduce((sum, d) => sum + d * d, 0) / differences.length);
	expect(Math.abs(deviation / 0.5 - 1)).toBeLessThan(5 / Math.sqrt(2 * differences.length)); // five standard errors
});
