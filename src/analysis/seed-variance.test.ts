import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { FitVariance } from "./seed-variance.js";
import { sizeLikelihood } from "./size-likelihood.js";

const sd = 0.2;
const spread = { sd, floor: 1e-6, degreesOfFreedom: 1 };
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);

/** Log steps of a size, seen between looks so close that they are seen exactly: the score is (y − m)/sd² up to 1e-6. */
function sizeOf(logs: readonly (readonly [seed: number, log: number])[], gradient: readonly number[]) {
	const runs = logs.map(([seed, y]) => ({ seed, after: Math.exp(y - 1e-4), step: Math.exp(y + 1e-4) }));
	const at = mean(logs.map(([, y]) => y));
	return { runs, mean: at, information: -sizeLikelihood(runs, sd)(at).bend, gradient };
}

/** Log steps y[size][seed] = size's + seed's + the run's own. */
function drawn(sizes: number, seeds: number, [ofSize, ofSeed, own]: readonly [number, number, number], rng: Rng): number[][] {
	const shared = Array.from({ length: seeds }, () => ofSeed * rng.normal());
	return Array.from({ length: sizes }, () => {
		const level = 6 + ofSize * rng.normal();
		return shared.map((seed) => level + seed + own * rng.normal());
	});
}

const blocks = (y: readonly (readonly number[])[], gradient: (size: number) => readonly number[]) =>
	y.map((logs, j) =>
		sizeOf(
			logs.map((log, seed) => [seed, log] as const),
			gradient(j),
		),
	);

describe("the variance that seeds give", () => {
	test("of a level is that of the seeds' means, with as many degrees of freedom, no matter what runs share", () => {
		const y = drawn(5, 7, [0, 0.5, 0.1], Rng.fromSeed(1));
		const { factor, degreesOfFreedom } = new FitVariance(
			blocks(y, () => [1]),
			spread,
			0,
		).of([1]);
		const seedMeans = y[0].map((_, i) => mean(y.map((logs) => logs[i])));
		// By the model the mean of 35 independent runs: sd²/35.
		expect(factor).toBeCloseTo(squares(seedMeans) / 6 / 7 / (sd ** 2 / 35), 4);
		expect(degreesOfFreedom).toBeCloseTo(6, 10);
	});

	test("of a slope is that of the seeds' own slopes: what a seed shares cancels", () => {
		const y = drawn(5, 7, [0, 0.5, 0.1], Rng.fromSeed(2));
		const x = (size: number) => size - 2;
		const { factor } = new FitVariance(
			blocks(y, (j) => [1, x(j)]),
			spread,
			0,
		).of([0, 1]);
		const slopes = y[0].map((_, i) => y.reduce((sum, logs, j) => sum + x(j) * logs[i], 0) / 10); // Σx² = 10
		expect(factor).toBeCloseTo(squares(slopes) / 6 / 7 / (sd ** 2 / 7 / 10), 4);
		expect(factor).toBeLessThan(1); // own runs scatter by 0.1, the model's by 0.2
	});

	test("of a level whose sizes share no seed is the sum of the sizes' own", () => {
		const y = drawn(3, 4, [0, 0, 0.3], Rng.fromSeed(3));
		const sizes = y.map((logs, j) =>
			sizeOf(
				logs.map((log, i) => [10 * j + i, log] as const),
				[1],
			),
		);
		const { factor, degreesOfFreedom } = new FitVariance(sizes, spread, 0).of([1]);
		const ofMean = y.reduce((sum, logs) => sum + squares(logs) / 3 / 4, 0) / 9;
		expect(factor).toBeCloseTo(ofMean / (sd ** 2 / 12), 4);
		expect(degreesOfFreedom).toBeCloseTo(11, 10); // twelve equal shares, less one
	});

	test("where a size was granted more runs, rests on as many as the seeds' unequal shares are worth", () => {
		const level = (seeds: number) => Array.from({ length: seeds }, (_, seed) => [seed, 6 + 0.1 * (seed % 3)] as const);
		const variance = new FitVariance([sizeOf(level(4), [1]), sizeOf(level(12), [1])], spread, 0);
		// Independent runs, all with one weight: shares of 2 for the first four seeds, 1 for the eight others; 16²/24 − 1.
		expect(variance.of([1]).degreesOfFreedom).toBeCloseTo(256 / 24 - 1, 6);
	});

	test("is no less than a look's width, where all runs of every size cross at one look", () => {
		const same = Array.from({ length: 4 }, (_, j) =>
			sizeOf(
				Array.from({ length: 7 }, (_, seed) => [seed, 6 + j] as const),
				[1, j],
			),
		);
		expect(new FitVariance(same, { ...spread, floor: 0.05 }, 0).of([1, 0]).factor).toBeCloseTo(0.05 ** 2 / sd ** 2, 10);
	});

	test("rests on nothing where every size has one run", () => {
		const single = [0, 1, 2].map((j) => sizeOf([[0, 6 + 0.1 * j]], [1]));
		const { factor, degreesOfFreedom } = new FitVariance(single, { ...spread, floor: sd }, 0).of([1]);
		expect(factor).toBeCloseTo(1, 10);
		expect(degreesOfFreedom).toBe(Number.POSITIVE_INFINITY);
	});
});

describe("the variance between sizes", () => {
	test("is that of a two-way analysis of variance: (mean square of sizes − mean square of the rest)/seeds", () => {
		const y = drawn(6, 7, [0.3, 0.5, 0.1], Rng.fromSeed(4));
		const sizeMeans = y.map(mean);
		const seedMeans = y[0].map((_, i) => mean(y.map((logs) => logs[i])));
		const grand = mean(sizeMeans);
		const rest = y.flatMap((logs, j) => logs.map((log, i) => (log - sizeMeans[j] - seedMeans[i] + grand) ** 2));
		const meanSquareOfSizes = (7 * squares(sizeMeans)) / 5;
		const meanSquareOfRest = rest.reduce((sum, value) => sum + value, 0) / 30;
		const deviance = (7 * squares(sizeMeans)) / sd ** 2;
		const variance = new FitVariance(
			blocks(y, () => [1]),
			spread,
			deviance,
		);
		expect(variance.betweenSizes).toBeCloseTo((meanSquareOfSizes - meanSquareOfRest) / 7, 5);
		// Of the grand mean: seeds' and sizes' add up.
		const ofMean = squares(seedMeans) / 6 / 7 + variance.betweenSizes / 6;
		expect(variance.of([1]).factor).toBeCloseTo(ofMean / (sd ** 2 / 42), 3);
	});

	test("is nothing where sizes scatter no more than their seeds explain", () => {
		const y = drawn(6, 7, [0, 0.5, 0.2], Rng.fromSeed(5));
		expect(
			new FitVariance(
				blocks(y, () => [1]),
				spread,
				0.5,
			).betweenSizes,
		).toBe(0);
	});

	test("gives few degrees of freedom where it is most of the variance", () => {
		const y = drawn(6, 7, [1, 0, 0.01], Rng.fromSeed(6));
		const { degreesOfFreedom } = new FitVariance(
			blocks(y, () => [1]),
			spread,
			(7 * squares(y.map(mean))) / sd ** 2,
		).of([1]);
		expect(degreesOfFreedom).toBeCloseTo(5, 1); // six sizes, less their mean
	});
});
