import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runsOn } from "../../test/fixtures/lognormal-runs.js";
import { Rng } from "../core/rng.js";
import type { Estimate } from "./findings.js";
import { fitCurve } from "./fit.js";

const sizesTo = (largest: number): number[] => Array.from({ length: Math.log2(largest) + 1 }, (_, k) => 2 ** k);
const nothing: Estimate = { estimate: null, low: null, high: null };

describe("fitCurve", () => {
	test("gives back the curve that narrow intervals lie on", () => {
		const sizes = sizesTo(512).map((batchSize) => {
			const steps = 1e5 * (1 + 20 / batchSize);
			return {
				batchSize,
				runs: [
					{ seed: 0, after: steps * 0.9999, step: steps * 1.0001 },
					{ seed: 1, after: steps * 0.9999, step: steps * 1.0001 },
				],
			};
		});
		const fit = fitCurve(sizes, 1);
		expect((fit.minSteps.estimate ?? 0) / 1e5).toBeCloseTo(1, 3);
		expect((fit.criticalBatchSize.estimate ?? 0) / 20).toBeCloseTo(1, 3);
		expect((fit.minExamples.estimate ?? 0) / 2e6).toBeCloseTo(1, 3);
		expect(fit.exponent.estimate).toBeCloseTo(1, 2);
		expect(fit.verdict).toBe("hyperbola");
	});

	test("sees no flat part: S_min may be 0, B_crit and it are open at one side", () => {
		const fit = fitCurve(runsOn({ minSteps: 10, critical: 1e5, sd: 0.15 }, sizesTo(128), 7, Rng.fromSeed(1)), 1.05);
		expect(fit.verdict).toBe("no bend in the range tried");
		expect(fit.criticalBatchSize).toMatchObject({ high: null });
		expect(fit.criticalBatchSize.low).toBeGreaterThan(128);
		expect(fit.minSteps.low).toBeNull();
		expect(fit.minSteps.high).toBeLessThan(1e6 / 128); // S at the largest size
		expect(Math.abs((fit.minExamples.estimate ?? 0) / 1e6 - 1)).toBeLessThan(0.1);
	});

	test("sees no falling part: E_min may be 0", () => {
		const fit = fitCurve(runsOn({ minSteps: 300, critical: 0.001, sd: 0.15 }, sizesTo(128), 7, Rng.fromSeed(2)), 1.05);
		expect(fit.verdict).toBe("no bend in the range tried");
		expect(fit.criticalBatchSize.low).toBeNull();
		expect(fit.criticalBatchSize.high).toBeLessThan(1);
		expect(fit.minExamples.low).toBeNull();
		expect(Math.abs((fit.minSteps.estimate ?? 0) / 300 - 1)).toBeLessThan(0.1);
	});

	test("says that runs on a flatter bend are on no hyperbola", () => {
		const fit = fitCurve(runsOn({ minSteps: 100, critical: 30, sd: 0.1, exponent: 0.5 }, sizesTo(1024), 7, Rng.fromSeed(3)), 1.05);
		expect(fit.verdict).toBe("not a hyperbola");
		expect(fit.exponent.low).toBeLessThan(0.5);
		expect(fit.exponent.high).toBeGreaterThan(0.5);
		expect(fit.exponent.high).toBeLessThan(1);
	});

	test("says so as well of a straight line that falls faster than any hyperbola", () => {
		const sizes = [1, 2, 4, 8, 16].map((batchSize) => {
			const step = 12800 / batchSize ** 2;
			return {
				batchSize,
				runs: [-0.05, 0, 0.05].map((off, seed) => ({ seed, after: step * Math.exp(off - 0.025), step: step * Math.exp(off + 0.025) })),
			};
		});
		const fit = fitCurve(sizes, 1.05);
		expect(fit.verdict).toBe("not a hyperbola");
		expect(Math.abs((fit.exponent.estimate ?? 0) - 2)).toBeLessThan(0.05);
	});

	test("stays within what was seen where every run met the goal at its first look", () => {
		const sizes = [1, 2, 4].map((batchSize) => ({
			batchSize,
			runs: Array.from({ length: 7 }, (_, seed) => ({ seed, after: 0, step: 1 })),
		}));
		const fit = fitCurve(sizes, 1.05);
		expect(fit.verdict).toBe("no bend in the range tried");
		for (const { steps } of fit.curve) expect(steps).toBeLessThanOrEqual(1);
		expect(fit.residualSd).toBeCloseTo(Math.log(1.05) / Math.sqrt(12), 6);
	});

	test("needs three sizes", () => {
		const fit = fitCurve(runsOn({ minSteps: 100, critical: 2, sd: 0.1 }, [1, 8], 7, Rng.fromSeed(4)), 1.05);
		expect(fit).toEqual({
			minSteps: nothing,
			minExamples: nothing,
			criticalBatchSize: nothing,
			exponent: nothing,
			verdict: "too few sizes",
			residualSd: null,
			runSd: null,
			lackOfFit: { probability: null, sd: null, undercut: [] },
			curve: [],
		});
	});

	test("widens its intervals where sizes scatter more than runs", () => {
		const width = (sharedSd: number) => {
			const { low, high } = fitCurve(
				runsOn({ minSteps: 60, critical: 40, sd: 0.1, sharedSd }, sizesTo(512), 7, Rng.fromSeed(5)),
				1.05,
			).criticalBatchSize;
			return Math.log((high ?? Number.NaN) / (low ?? Number.NaN));
		};
		// Means of 7 runs scatter by 0.1/√7 = 0.038; with the shared 0.2 added by 0.204, five times as much.
		expect(width(0.2)).toBeGreaterThan(2.5 * width(0));
	});

	test("widens the level's intervals, not the shape's, where the same seeds are slow at every size", () => {
		const width = (seedSd: number, key: "minExamples" | "criticalBatchSize") => {
			const { low, high } = fitCurve(runsOn({ minSteps: 60, critical: 40, sd: 0.1, seedSd }, sizesTo(512), 7, Rng.fromSeed(8)), 1.05)[key];
			return Math.log((high ?? Number.NaN) / (low ?? Number.NaN));
		};
		// E_min rests on some five sizes' means, of sd 0.1/√35; with seeds' shared 0.3 added, of sd 0.3/√7: six times as much.
		expect(width(0.3, "minExamples")).toBeGreaterThan(3 * width(0, "minExamples"));
		// What a seed shares cancels in B_crit; rounding to looks, and the weights of an interval-censored likelihood, leave a little.
		expect(width(0.3, "criticalBatchSize")).toBeLessThan(1.5 * width(0, "criticalBatchSize"));
	});

	test("takes a run that ended without the goal for longer than it was", () => {
		const sizes = runsOn({ minSteps: 60, critical: 40, sd: 0.2 }, sizesTo(512), 7, Rng.fromSeed(6));
		// At every size, what takes longer than 1.1 times the true median was cut there: about a third of the runs.
		const cut = sizes.map(({ batchSize, runs }) => {
			const limit = 1.1 * 60 * (1 + 40 / batchSize);
			return {
				batchSize,
				runs: runs.map((run) => (run.step > limit ? { ...run, after: Math.floor(limit), step: Number.POSITIVE_INFINITY } : run)),
			};
		});
		const ignored = cut.map(({ batchSize, runs }) => ({ batchSize, runs: runs.filter((run) => run.step < Number.POSITIVE_INFINITY) }));
		const minSteps = (of: typeof sizes) => fitCurve(of, 1.05).minSteps.estimate ?? 0;
		expect(Math.abs(minSteps(cut) / 60 - 1)).toBeLessThan(0.1);
		expect(minSteps(ignored)).toBeLessThan(0.92 * minSteps(cut));
	});

	test("draws S that never rises and E = S·B that never falls, within its band", () => {
		const parameters = fc.record({
			minSteps: fc.double({ min: 3, max: 1e4, noNaN: true }),
			critical: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
			sd: fc.double({ min: 0, max: 0.5, noNaN: true }),
			sharedSd: fc.double({ min: 0, max: 0.2, noNaN: true }),
		});
		fc.assert(
			fc.property(parameters, fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 7 }), (truth, seed, runs) => {
				const { curve } = fitCurve(runsOn(truth, sizesTo(256), runs, Rng.fromSeed(seed)), 1.05);
				expect(curve[0].batchSize).toBeCloseTo(1, 12);
				expect(curve[curve.length - 1].batchSize).toBeCloseTo(256, 9);
				for (const [i, point] of curve.entries()) {
					expect(point.low).toBeLessThanOrEqual(point.steps);
					expect(point.high).toBeGreaterThanOrEqual(point.steps);
					if (i === 0) continue;
					expect(point.steps).toBeLessThanOrEqual(curve[i - 1].steps);
					// A flat end of E is a product of two rounded numbers.
					expect(point.steps * point.batchSize).toBeGreaterThanOrEqual(curve[i - 1].steps * curve[i - 1].batchSize * (1 - 1e-12));
				}
			}),
			{ numRuns: 40 },
		);
	});
});
