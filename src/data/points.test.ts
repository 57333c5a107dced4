import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dataset } from "./dataset.js";
import { circles } from "./sources/circles.js";
import { moons } from "./sources/moons.js";
import { spirals } from "./sources/spirals.js";

/** Every point of every set with its class. */
const points = ({ train, validation, test: held }: Dataset) =>
	[train, validation, held].flatMap((set) =>
		Array.from(set?.labels ?? [], (label, i) => ({ x: set?.features[2 * i] ?? 0, y: set?.features[2 * i + 1] ?? 0, label })),
	);
/** Features are single precision: what a coordinate of about 1 is off by, and a radius made of two. */
const single = 3e-7;

describe("without noise, points lie on their curves, in equal parts", () => {
	test("moons", () => {
		const all = points(moons.load({ name: "moons", examples: 500, noise: 0, seed: 0 }));
		expect(all.filter(({ label }) => label === 0).length).toBe(250);
		for (const { x, y, label } of all) {
			const [fromX, fromY] = label === 0 ? [x, y] : [1 - x, 0.5 - y];
			expect(Math.abs(Math.hypot(fromX, fromY) - 1)).toBeLessThan(single);
			expect(fromY).toBeGreaterThanOrEqual(-single);
		}
	});

	test("circles", () => {
		const all = points(circles.load({ name: "circles", examples: 400, noise: 0, ratio: 0.3, seed: 0 }));
		for (const { x, y, label } of all) expect(Math.abs(Math.hypot(x, y) - (label === 0 ? 1 : 0.3))).toBeLessThan(single);
		expect(new Set(all.map(({ x, y }) => `${x > 0} ${y > 0}`)).size).toBe(4); // all around
	});

	test("spirals", () => {
		const all = points(spirals.load({ name: "spirals", examples: 600, noise: 0, arms: 3, turns: 1.5, seed: 0 }));
		expect([0, 1, 2].map((arm) => all.filter(({ label }) => label === arm).length)).toEqual([200, 200, 200]);
		for (const { x, y, label } of all) {
			const radius = Math.hypot(x, y);
			const off = Math.atan2(y, x) / (2 * Math.PI) - (1.5 * radius + label / 3);
			expect(Math.abs(off - Math.round(off)) * radius).toBeLessThan(2 * single); // radius and angle are both read off single precision
		}
	});
});

test("noise is as large as asked for", () => {
	const noise = 0.05;
	const all = points(circles.load({ name: "circles", examples: 4000, noise, ratio: 0, seed: 3 })).filter(({ label }) => label === 1);
	const sd = Math.sqrt(all.reduce((sum, { x, y }) => sum + x * x + y * y, 0) / (2 * all.length)); // a circle of radius 0: all of it is noise
	expect(Math.abs(sd / noise - 1)).toBeLessThan(5 / Math.sqrt(4 * all.length)); // five standard errors, of twice as many draws as points
});

test("another seed, other points; the same seed, the same", () => {
	const at = (seed: number) => points(moons.load({ name: "moons", examples: 20, noise: 0.1, seed }));
	expect(at(1)).toEqual(at(1));
	expect(at(2)).not.toEqual(at(1));
});

test("every size that the schema takes gives whole sets with finite features and classes in range", () => {
	const sized = fc.record({
		examples: fc.integer({ min: 10, max: 60 }),
		noise: fc.double({ min: 0, max: 2, noNaN: true }),
		seed: fc.nat(99),
	});
	fc.assert(
		fc.property(sized, fc.integer({ min: 2, max: 6 }), (size, classes) => {
			for (const data of [
				moons.load({ name: "moons", ...size }),
				circles.load({ name: "circles", ratio: 0.5, ...size }),
				spirals.load({ name: "spirals", arms: classes, turns: 2, ...size }),
			]) {
				const sets = [data.train, data.validation, ...(data.test ? [data.test] : [])];
				expect(sets.reduce((sum, { count }) => sum + count, 0)).toBe(size.examples);
				expect(sets.every(({ features }) => features.every(Number.isFinite))).toBe(true);
				expect(sets.every(({ labels }) => labels.every((label) => label >= 0 && label < data.classes))).toBe(true);
			}
		}),
		{ numRuns: 50 },
	);
});
