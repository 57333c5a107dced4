import { describe, expect, test } from "vitest";
import { Rng } from "./rng.js";

const draws = (rng: Rng, count: number): number[] => Array.from({ length: count }, () => rng.uint32());

/** Pearson's statistic of counts that should be equal. */
const chiSquare = (counts: readonly number[]): number => {
	const expected = counts.reduce((a, b) => a + b) / counts.length;
	return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

describe("Rng", () => {
	test("gives the same draws for the same seed, for good: these are part of every digest", () => {
		expect(draws(Rng.fromSeed(0), 4)).toEqual(draws(Rng.fromSeed(0), 4));
		expect(draws(Rng.fromSeed(0), 4)).toMatchInlineSnapshot(`
			[
			  330489212,
			  2694187081,
			  1102734501,
			  3446623942,
			]
		`);
		expect(draws(Rng.fromSeed(0).split("weights").split(3), 4)).toMatchInlineSnapshot(`
			[
			  2364887496,
			  936158466,
			  375675221,
			  997588514,
			]
		`);
	});

	test("splits without drawing: the order of splits and draws doesn't matter", () => {
		const used = Rng.fromSeed(5);
		draws(used, 100);
		expect(draws(used.split("batches"), 5)).toEqual(draws(Rng.fromSeed(5).split("batches"), 5));
	});

	test("splits by label, number and depth into unlike streams", () => {
		const root = Rng.fromSeed(1);
		const streams = [
			root,
			root.split("a"),
			root.split("b"),
			root.split("ab"),
			root.split("a").split("b"),
			root.split(0),
			root.split(1),
			root.split("0"),
			Rng.fromSeed(2),
		];
		expect(new Set(streams.map((stream) => draws(stream, 2).join())).size).toBe(streams.length);
	});

	test("spreads bits and small ranges evenly (5 standard deviations of chi-square)", () => {
		const rng = Rng.fromSeed(3);
		const bits = Array.from({ length: 32 }, () => 0);
		const byFive = Array.from({ length: 5 }, () => 0);
		for (let i = 0; i < 40_000; i++) {
			const draw = rng.uint32();
			for (let bit = 0; bit < 32; bit++) bits[bit] += (draw >>> bit) & 1;
			byFive[rng.below(5)]++;
		}
		for (const ones of bits) expect(Math.abs(ones - 20_000)).toBeLessThan(5 * 100);
		expect(chiSquare(byFive)).toBeLessThan(4 + 5 * Math.sqrt(8));
	});

	test("first draws of consecutive seeds and splits are independent", () => {
		const root = Rng.fromSeed(0);
		const counts = Array.from({ length: 16 }, () => 0);
		for (let i = 0; i < 8000; i++) {
			counts[Rng.fromSeed(i).uint32() >>> 28]++;
			counts[root.split(i).uint32() >>> 28]++;
		}
		expect(chiSquare(counts)).toBeLessThan(15 + 5 * Math.sqrt(30));
	});

	test("uniform lies in [0, 1) with mean a half; normal has mean 0, variance 1, kurtosis 3", () => {
		const rng = Rng.fromSeed(4);
		const n = 100_000;
		let sum = 0;
		const moments = [0, 0, 0, 0];
		for (let i = 0; i < n; i++) {
			const u = rng.uniform();
			expect(u >= 0 && u < 1).toBe(true);
			sum += u;
			const z = rng.normal();
			for (let k = 0; k < 4; k++) moments[k] += z ** (k + 1) / n;
		}
		// Five standard errors of each: √(1/12n), √(1/n), √(2/n), √(15/n), √(96/n).
		expect(Math.abs(sum / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / (12 * n)));
		expect(Math.abs(moments[0])).toBeLessThan(5 * Math.sqrt(1 / n));
		expect(Math.abs(moments[1] - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
		expect(Math.abs(moments[2])).toBeLessThan(5 * Math.sqrt(15 / n));
		expect(Math.abs(moments[3] - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
	});

	test("shuffles into every order alike", () => {
		const rng = Rng.fromSeed(6);
		const counts = new Map<string, number>();
		for (let i = 0; i < 12_000; i++) {
			const items = Int32Array.of(0, 1, 2, 3);
			rng.shuffle(items);
			counts.set(items.join(), (counts.get(items.join()) ?? 0) + 1);
		}
		expect(counts.size).toBe(24);
		expect(chiSquare([...counts.values()])).toBeLessThan(23 + 5 * Math.sqrt(46));
	});

	test("refuses what is no seed", () => {
		for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => Rng.fromSeed(seed)).toThrow(/internal: a seed/);
	});
});
