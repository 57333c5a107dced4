import { expect, test } from "vitest";
import { type Few, fewOf } from "./few.js";
import { blobs } from "./sources/blobs.js";

const few: Few = { perClass: 20, wrongLabels: 0.2, heldOut: 100 };
const data = blobs.load({ name: "blobs", examples: 2000, classes: 10, features: 3, spread: 1 });
const row = (features: Float32Array, i: number) => features.subarray(i * 3, (i + 1) * 3).join();

test("as many examples of every class, a fifth of each with another's label, the rest as it was", () => {
	const { train, validation, test: heldOut } = fewOf(data, few);
	expect([train.count, validation.count, heldOut?.count]).toEqual([200, 100, 100]);
	const labels = new Map(Array.from(data.train.labels, (label, i) => [row(data.train.features, i), label]));
	const wrong = new Array<number>(10).fill(0);
	const counts = new Array<number>(10).fill(0);
	for (const [i, label] of train.labels.entries()) {
		const own = labels.get(row(train.features, i)) ?? -1;
		counts[own]++;
		if (label !== own) wrong[own]++;
	}
	expect(counts).toEqual(new Array(10).fill(20));
	expect(wrong).toEqual(new Array(10).fill(4));
	const right = fewOf(data, { ...few, wrongLabels: 0 });
	expect(right.train.features).toEqual(train.features);
	expect(right.train.labels).not.toEqual(train.labels);
	expect(fewOf(data, few)).toEqual(fewOf(data, few));
});

test("data that come without a test set get one of the training examples that are left", () => {
	const { train, test: heldOut } = fewOf({ ...data, test: null }, { ...few, heldOut: 10_000 });
	expect([train.count, heldOut?.count]).toEqual([200, data.train.count - 200]);
	const taken = new Set(Array.from(train.labels, (_, i) => row(train.features, i)));
	for (const [i] of heldOut?.labels.entries() ?? []) expect(taken.has(row(heldOut?.features ?? new Float32Array(), i))).toBe(false);
});
