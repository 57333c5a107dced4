import { describe, expect, test } from "vitest";
import { gradientMoments } from "../../src/analysis/noise-scale.js";
import { Rng } from "../../src/core/rng.js";
import { leastSquares } from "../../src/data/oracles/least-squares.js";
import type { LinearSource } from "../../src/data/oracles/linear.js";
import { solvePositiveDefinite } from "../../src/trainers/oracle/cholesky.js";
import { squared } from "../../src/trainers/oracle/link.js";
import { optimumOf } from "../../src/trainers/oracle/optimum.js";
import { stationarySquaredDistance } from "../../src/trainers/oracle/stationary.js";
import { hover, linearMachinery, squaredDistance } from "../fixtures/linear-oracle.js";
import { never } from "../fixtures/oracle-study.js";

const source: LinearSource = { name: "least-squares", examples: 100, dimensions: 5, noise: 0.5, penalty: 0.1, seed: 1 };
const problem = leastSquares(source);
const optimum = optimumOf(problem, squared);
const { count } = problem.train;

/** Example i's own gradient at these weights, written out. */
const gradientOf = (i: number, weights: Float64Array): number[] => {
	const a = [...problem.train.features.subarray(5 * i, 5 * i + 5)];
	const residual = a.reduce((sum, feature, j) => sum + feature * weights[j], -problem.train.targets[i]);
	return a.map((feature, j) => residual * feature + 0.1 * weights[j]);
};
const meanGradient = (weights: Float64Array): number[] =>
	[0, 1, 2, 3, 4].map((j) => Array.from({ length: count }, (_, i) => gradientOf(i, weights)[j]).reduce((sum, g) => sum + g, 0) / count);

test("a solved system is solved", () => {
	const A = Float64Array.of(4, 2, 0.5, 2, 5, 1, 0.5, 1, 3);
	const x = solvePositiveDefinite(A, Float64Array.of(1, -2, 3));
	for (const [i, b] of [1, -2, 3].entries()) expect(A[3 * i] * x[0] + A[3 * i + 1] * x[1] + A[3 * i + 2] * x[2]).toBeCloseTo(b, 14);
	expect(() => solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow(/not positive definite/);
});

describe("the optimum", () => {
	test("has no gradient", () => {
		for (const g of meanGradient(optimum)) expect(Math.abs(g)).toBeLessThan(1e-12);
	});

	test("is the true weights where nothing is added to the scores", () => {
		const clean = leastSquares({ ...source, noise: 0, penalty: 0 });
		const rng = Rng.fromSeed(1);
		for (const weight of optimumOf(clean, squared)) expect(weight).toBeCloseTo(rng.normal(), 12);
	});

	test("is where full-batch descent ends", () => {
		const machinery = linearMachinery(problem, squared, "reshuffle", 0.5);
		machinery.begin(count, Rng.fromSeed(2));
		for (let step = 0; step < 500; step++) machinery.step(0.3, never);
		expect(Math.sqrt(squaredDistance(machinery.weights, optimum))).toBeLessThan(1e-12);
	});
});

test("weight decay descends as a penalty of the same size does, and doesn't show in the loss", () => {
	const bare = leastSquares({ ...source, penalty: 0 });
	const penalized = linearMachinery(problem, squared, "reshuffle", 0.9);
	const decayed = linearMachinery(bare, squared, "reshuffle", 0.9, 0.1);
	for (const machinery of [penalized, decayed]) {
		machinery.begin(8, Rng.fromSeed(4));
		for (let step = 0; step < 100; step++) machinery.step(0.02, never);
	}
	// 0.1·w is rounded in another place: 2⁻⁵³ a step, never amplified as the descent contracts.
	for (const [j, weight] of decayed.weights.entries()) expect(weight).toBeCloseTo(penalized.weights[j], 13);
	const penalty = 0.5 * 0.1 * decayed.weights.reduce((sum, weight) => sum + weight * weight, 0);
	expect((penalized.evaluate("train")?.loss ?? 0) - (decayed.evaluate("train")?.loss ?? 0)).toBeCloseTo(penalty, 12);
});

test("mini-batch losses and gradients are means over their examples, and the whole set's loss is what its gradient belongs to", () => {
	const machinery = linearMachinery(problem, squared, "reshuffle");
	machinery.begin(count, Rng.fromSeed(3));
	const before = Float64Array.from(machinery.weights);
	const gradient = meanGradient(before);
	const whole = machinery.evaluate("train");
	const batch = machinery.step(0.25, never);
	expect(batch).toMatchObject({ accuracy: null, count });
	expect(batch?.loss).toBeCloseTo(whole?.loss ?? 0, 12);
	for (const [j, weight] of machinery.weights.entries()) expect(weight).toBeCloseTo(before[j] - 0.25 * gradient[j], 13);
	// The slope of the loss along the gradient, by a central difference: its error is of second order, 1e-8 of a third derivative that is 0.
	const along = (h: number) => {
		machinery.weights.set(before.map((weight, j) => weight + h * gradient[j]));
		return machinery.evaluate("train")?.loss ?? 0;
	};
	const slope = (along(1e-4) - along(-1e-4)) / 2e-4;
	expect(slope).toBeCloseTo(
		gradient.reduce((sum, g) => sum + g * g, 0),
		8,
	);
});

test("a probe of the whole set gives its tr(Σ) and |G|² exactly", () => {
	const machinery = linearMachinery(problem, squared, "reshuffle");
	machinery.begin(1, Rng.fromSeed(4));
	const { weights } = machinery;
	const mean = meanGradient(weights);
	const spread = Array.from({ length: count }, (_, i) => gradientOf(i, weights).reduce((sum, g, j) => sum + (g - mean[j]) ** 2, 0));
	const probe = machinery.probe({ groups: 16, size: 5 }, Rng.fromSeed(5));
	const moments = gradientMoments({ step: 0, groupSize: 5, ...probe }, count);
	expect(moments.variance).toBeCloseTo(spread.reduce((sum, s) => sum + s, 0) / (count - 1), 10);
	expect(moments.signal).toBeCloseTo(
		mean.reduce((sum, g) => sum + g * g, 0),
		10,
	);
});

/*
 * Runs are independent, so the standard error is measured between them: 4.5 of them. The smallest curvature is about 0.6, so that after
 * `forget` epochs of count/B steps at rate η a share of e^(−2·0.6·η·steps) of the start is left: 1e-5 at the most.
 */
describe("constant-rate SGD hovers", () => {
	test.each([
		[1, 0.02, 6],
		[4, 0.1, 15],
		[4, 0.3, 15],
		[16, 0.3, 80],
	])("with replacement at the radius of the closed form: batch size %i, rate %d", (batchSize, learningRate, forget) => {
		const machinery = linearMachinery(problem, squared, "with-replacement");
		const { mean, standardError } = hover(machinery, optimum, count / batchSize, {
			batchSize,
			learningRate,
			forget,
			runs: 300,
			at: "random",
		});
		const exact = stationarySquaredDistance(problem, optimum, learningRate, batchSize);
		expect(Math.abs(mean - exact)).toBeLessThan(4.5 * standardError);
		expect(standardError / exact).toBeLessThan(0.06);
	});

	test("where a rate doesn't settle, nowhere", () => {
		expect(stationarySquaredDistance(problem, optimum, 1.5, 1)).toBe(Number.POSITIVE_INFINITY);
	});

	/*
	 * Within an epoch no example comes twice, so that the noise of its steps sums to nearly nothing by its end. Measured, squared: 0.0074
	 * with replacement; reshuffled 0.00089 at the ends of epochs and 0.0023 at random steps, both ± 1.3 %.
	 */
	test("with reshuffled epochs closer than with replacement at random steps, and far closer at their ends", () => {
		const settings = { batchSize: 4, learningRate: 0.05, runs: 300, forget: 20 };
		const machinery = linearMachinery(problem, squared, "reshuffle");
		const end = hover(machinery, optimum, count / 4, { ...settings, at: "end" });
		const random = hover(machinery, optimum, count / 4, { ...settings, at: "random" });
		const replaced = stationarySquaredDistance(problem, optimum, settings.learningRate, settings.batchSize);
		expect(end.mean).toBeLessThan(0.3 * replaced);
		expect(random.mean).toBeGreaterThan(1.5 * end.mean);
		expect(random.mean).toBeLessThan(0.6 * replaced);
	});
});
