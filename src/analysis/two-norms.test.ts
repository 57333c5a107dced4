import { expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import { Rng } from "../core/rng.js";
import type { FinishedTrial, GradientNorms } from "../core/trial.js";
import { momentsOfTwo, noiseScaleOfRuns } from "./two-norms.js";

/** E|G_B|² = |G|² + (1/B − 1/N)·tr(Σ). */
const expected = (signal: number, variance: number, batch: number, population: number) => signal + (1 / batch - 1 / population) * variance;

test.each([1000, Number.POSITIVE_INFINITY])("expected norms of %d examples give back the moments they are made of", (population) => {
	const [signal, variance] = [0.25, 12];
	const at = (batch: number) => ({ batch, squaredNorm: expected(signal, variance, batch, population) });
	const moments = momentsOfTwo({ step: 0, small: at(1.6), big: at(256) }, population);
	expect(moments.signal).toBeCloseTo(signal, 12);
	expect(moments.variance).toBeCloseTo(variance, 12);
});

const run = (seedIndex: number, gradientNorms: readonly GradientNorms[]): FinishedTrial => {
	const { spec, result } = trial({ phase: "reporting", batchSize: 32, learningRate: 0.125, seedIndex });
	return { spec, result: { ...result, gradientNorms } };
};

/** Gradients of 20 parameters, each G_j plus normal noise of its own variance: eight micro-batches of 4, from ever new examples. */
function measured(rng: Rng, step: number, gradient: readonly number[], deviations: readonly number[]): GradientNorms {
	const mean = gradient.map(() => 0);
	let squares = 0;
	for (let k = 0; k < 8; k++) {
		for (const [j, value] of gradient.entries()) {
			const drawn = value + (deviations[j] / 2) * rng.normal();
			squares += drawn * drawn;
			mean[j] += drawn / 8;
		}
	}
	return { step, small: { batch: 4, squaredNorm: squares / 8 }, big: { batch: 32, squaredNorm: mean.reduce((sum, x) => sum + x * x, 0) } };
}

test("intervals over seven runs hold the noise scale in 95 % of studies", () => {
	const rng = Rng.fromSeed(11);
	const deviations = Array.from({ length: 20 }, (_, j) => 0.5 + j / 10);
	const steps = [0, 1, 2, 4, 8];
	// The gradient fades, so the noise scale rises.
	const gradients = steps.map((_, i) => deviations.map(() => 0.8 - 0.1 * i));
	const variance = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
	const truths = gradients.map((gradient) => variance / gradient.reduce((sum, x) => sum + x * x, 0));
	const truth = truths.reduce((sum, x) => sum + x, 0) / truths.length;
	const studies = 400;
	let local = 0;
	let mean = 0;
	for (let study = 0; study < studies; study++) {
		const runs = Array.from({ length: 7 }, (_, seed) =>
			run(
				seed,
				steps.map((step, i) => measured(rng, step, gradients[i], deviations)),
			),
		);
		const found = noiseScaleOfRuns(runs, Number.POSITIVE_INFINITY);
		const holds = (interval: { readonly low: number | null; readonly high: number | null } | undefined, value: number) =>
			(interval?.low ?? Number.NaN) <= value && value <= (interval?.high ?? Number.NaN);
		if (holds(found?.local[2].noiseScale, truths[2])) local++;
		if (holds(found?.mean, truth)) mean++;
	}
	// Three standard errors of a share of 0.95 over 400 are 0.033.
	expect(Math.abs(local / studies - 0.95)).toBeLessThan(0.033);
	expect(Math.abs(mean / studies - 0.95)).toBeLessThan(0.033);
});

test("steps that not all runs told of are left out, and fewer than three runs tell nothing", () => {
	const rng = Rng.fromSeed(12);
	const at = (...steps: readonly number[]) => steps.map((step) => measured(rng, step, [3, 4], [1, 1]));
	const runs = [run(0, at(0, 1, 2)), run(1, at(0, 1)), run(2, at(1, 2)), run(3, [])];
	const found = noiseScaleOfRuns(runs, 1000);
	expect([found?.runs, found?.batchSize, found?.local.map(({ step }) => step)]).toEqual([3, 32, [1]]);
	expect(noiseScaleOfRuns(runs.slice(1), 1000)).toBeNull();
});
