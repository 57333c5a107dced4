import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { fromOne, interval95, median, medianInterval, medianWithInterval, PairedBootstrap, type Placed, shares } from "./bootstrap.js";

const placed = (values: readonly number[]): Placed[] => values.map((value, place) => ({ place, value }));
const infinity = Number.POSITIVE_INFINITY;

describe("median", () => {
	test.each([
		[[3, 1, 2], 2],
		[[4, 1, 2, 3], 2.5],
		[[7, infinity, 5], 7],
		[[7, infinity, infinity], infinity],
	])("of %j is %d", (values, expected) => {
		expect(median(values)).toBe(expected);
	});
});

describe("PairedBootstrap", () => {
	test("puts the median below each value with the confidence of the order statistics", () => {
		const values = [1, 2, 3, 4, 5, 6, 7];
		const draws = new PairedBootstrap(Rng.fromSeed(1)).medians("a", placed(values), "linear");
		const tosses = [1, 7, 21, 35, 35, 21, 7, 1]; // of 7 tosses, how many of 128 ways give k heads
		let ways = 0;
		for (const [k, value] of values.entries()) {
			ways += tosses[k];
			const share = draws.filter((draw) => draw < value).length / draws.length;
			// 2,000 draws: three standard errors of a share are at most 3·√(¼/2000) = 0.034.
			expect(Math.abs(share - ways / 128)).toBeLessThan(0.034);
		}
	});

	test("gives an interval between the outermost and the next values of seven: between 98.4 and 87.5 % confidence", () => {
		const { low, high } = interval95(new PairedBootstrap(Rng.fromSeed(2)).medians("a", placed([10, 20, 30, 40, 50, 60, 70]), "linear"));
		expect(low).toBeGreaterThan(10);
		expect(low).toBeLessThan(20);
		expect(high).toBeGreaterThan(60);
		expect(high).toBeLessThan(70);
	});

	test("moves samples together that share places, and lets others go their own way", () => {
		const bootstrap = new PairedBootstrap(Rng.fromSeed(3));
		const values = [1, 2, 3, 4, 5, 6, 7];
		const one = bootstrap.medians("one", placed(values), "linear");
		const paired = bootstrap.medians("two", placed(values), "linear");
		const apart = bootstrap.medians(
			"three",
			placed(values).map(({ place, value }) => ({ place: place + 7, value })),
			"linear",
		);
		// Seven pieces of eight are common, so at most 7/8; the odd piece also decides which draws fall beyond the ends. Less pairing widens
		// ratios.
		expect(correlation(one, paired)).toBeGreaterThan(0.6);
		expect(Math.abs(correlation(one, apart))).toBeLessThan(0.07); // three standard errors of no correlation, 3/√2000
	});

	test("gives equal draws to two measures of the same runs, up to their scale", () => {
		const bootstrap = new PairedBootstrap(Rng.fromSeed(4));
		const steps = [12, 15, 11, 19, 14, 13, 16];
		const draws = bootstrap.medians(64, placed(steps), "log");
		const examples = bootstrap.medians(64, placed(steps.map((s) => 64 * s)), "log");
		for (const [r, draw] of draws.entries()) expect(examples[r] / draw).toBeCloseTo(64, 9);
	});

	test("a place has the same draws whenever it is asked for, and places that are not asked for take no memory", () => {
		const near = placed([5, 3, 9]);
		const far = near.map(({ place, value }) => ({ place: place + 20_000, value }));
		const [first, last] = [new PairedBootstrap(Rng.fromSeed(5)), new PairedBootstrap(Rng.fromSeed(5))];
		const { arrayBuffers } = process.memoryUsage();
		const draws = [last.medians("far", far, "log"), last.medians("near", near, "log")];
		expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(50e6); // 16 KB a place would be 320 MB
		expect([first.medians("near", near, "log"), first.medians("far", far, "log")]).toEqual([...draws].reverse());
	});

	test("does not care in which order a sample comes", () => {
		const draws = (sample: Placed[]) => new PairedBootstrap(Rng.fromSeed(5)).medians("a", sample, "log");
		const sample = placed([5, 3, 9]);
		expect(draws([...sample].reverse())).toEqual(draws(sample));
	});
});

describe("medianInterval", () => {
	test("leaves the end open that lies among censored runs", () => {
		const { median: middle, low, high } = medianInterval([10, 11, 12, 13, infinity, infinity, infinity], "log", Rng.fromSeed(1));
		expect(middle).toBe(13);
		expect(low).toBeGreaterThan(10);
		expect(low).toBeLessThan(11);
		expect(high).toBeNull();
	});

	test("knows no median where most are censored", () => {
		expect(medianInterval([10, infinity, infinity], "log", Rng.fromSeed(1))).toMatchObject({ median: null, high: null });
	});

	test("has no width where all agree, no ends for one value, nothing at all for none", () => {
		expect(medianInterval([100, 100, 100], "log", Rng.fromSeed(1))).toEqual({ median: 100, low: 100, high: 100 });
		expect(medianInterval([100], "log", Rng.fromSeed(1))).toEqual({ median: 100, low: null, high: null });
		expect(medianInterval([], "log", Rng.fromSeed(1))).toEqual({ median: null, low: null, high: null });
	});

	test("reaches beyond few values: two of three lie on one side of the median too often for their range to hold it", () => {
		const { low, high } = medianInterval([100, 110, 120], "log", Rng.fromSeed(1));
		expect(low).toBeLessThan(100);
		expect(high).toBeGreaterThan(120);
	});
});

function correlation(a: Float64Array, b: Float64Array): number {
	const mean = (v: Float64Array) => v.reduce((sum, x) => sum + x, 0) / v.length;
	const [ma, mb] = [mean(a), mean(b)];
	const product = (x: Float64Array, mx: number, y: Float64Array, my: number) =>
		x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
	return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

test("an interval ends where the quantity does, though smooth draws lie a little beyond", () => {
	const draws = Float64Array.from({ length: 1000 }, (_, i) => 0.98 + i / 25_000);
	expect(medianWithInterval(0.999, draws, 5)).toMatchObject({ high: expect.closeTo(1.019, 2) });
	expect(medianWithInterval(0.999, draws, 5, shares)).toMatchObject({ median: 0.999, high: 1 });
	expect(
		medianWithInterval(
			1,
			draws.map((draw) => 2.5 * draw - 2),
			5,
			fromOne,
		),
	).toMatchObject({ median: 1, low: 1, high: 1 });
	expect(medianWithInterval(4, Float64Array.of(3, Number.POSITIVE_INFINITY), 2, fromOne)).toEqual({ median: 4, low: 3, high: null });
});
