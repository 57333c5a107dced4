import { expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import { Rng } from "../core/rng.js";
import type { FinishedTrial, GradientNorms } from "../core/trial.js";
import { shareOfSteps } from "./noise-scale.js";
import { noiseScaleOfRuns } from "./noise-scale-of-runs.js";

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
	// The area under straight lines between the steps 0, 1, 2, 4 and 8, over their length.
	const truth = [1, 2, 3, 6, 4].reduce((sum, share, i) => sum + (share / 16) * truths[i], 0);
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

test("places are the steps that all runs have, and their ends; fewer than three runs show nothing", () => {
	const rng = Rng.fromSeed(12);
	const at = (...steps: readonly number[]) => steps.map((step) => measured(rng, step, [3, 4], [1, 1]));
	const runs = [run(0, at(0, 1, 2)), run(1, at(0, 1)), run(2, at(1, 2)), run(3, [])];
	const found = noiseScaleOfRuns(runs, 1000);
	expect([found?.runs, found?.batchSize, found?.local.map(({ step }) => step)]).toEqual([3, 32, [1, 2]]);
	expect(noiseScaleOfRuns(runs.slice(1), 1000)).toBeNull();
});

test("shares are those of the trapezoid rule: exact for what rises straight with the step", () => {
	const steps = [0, 1, 2, 4, 8, 11];
	const shares = shareOfSteps(steps);
	expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
	expect(steps.reduce((sum, step, i) => sum + shares[i] * (3 + 5 * step), 0)).toBeCloseTo(3 + 5 * 5.5, 12);
	expect(shareOfSteps([7])).toEqual([1]);
});
