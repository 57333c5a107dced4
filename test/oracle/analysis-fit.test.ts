import { describe, expect, test } from "vitest";
import type { Estimate } from "../../src/analysis/findings.js";
import { fitCurve } from "../../src/analysis/fit.js";
import { logProbabilityBetween } from "../../src/analysis/normal.js";
import { pooledSpread } from "../../src/analysis/spread.js";
import { Rng } from "../../src/core/rng.js";
import { type KnownCurve, runsOn } from "../fixtures/lognormal-runs.js";

const batchSizes = Array.from({ length: 10 }, (_, k) => 2 ** k);
const replications = 200;

const holds = ({ low, high }: Estimate, truth: number): boolean => (low === null || low <= truth) && (high === null || truth <= high);

/** Over many studies of ten sizes of seven runs, looks a twentieth apart: how often each interval holds the truth, and the middle estimate. */
function measure(truth: KnownCurve) {
	const fits = Array.from({ length: replications }, (_, seed) => fitCurve(runsOn(truth, batchSizes, 7, Rng.fromSeed(seed + 1)), 1.05));
	const share = (is: (fit: (typeof fits)[number]) => boolean) => fits.filter(is).length / replications;
	const middle = (of: (fit: (typeof fits)[number]) => Estimate) =>
		fits.map((fit) => of(fit).estimate ?? Number.NaN).sort((a, b) => a - b)[replications >> 1];
	return {
		minSteps: share((fit) => holds(fit.minSteps, truth.minSteps)),
		criticalBatchSize: share((fit) => holds(fit.criticalBatchSize, truth.critical)),
		minExamples: share((fit) => holds(fit.minExamples, truth.minSteps * truth.critical)),
		exponent: share((fit) => holds(fit.exponent, truth.exponent ?? 1)),
		notHyperbola: share((fit) => fit.verdict === "not a hyperbola"),
		middle: { minSteps: middle((fit) => fit.minSteps), criticalBatchSize: middle((fit) => fit.criticalBatchSize) },
	};
}

/*
 * Measured over 250: without a shared error S_min 98.0 %, B_crit 98.0 %, E_min 97.6 %, the free exponent 95.2 %, "not a hyperbola" 5.2 %; with one 94.4, 94.4, 96.0, 95.2 and
 * 4.8 %. The first three are above 95 % as a scale factor below 1 is taken for 1: a lack of fit that isn't seen costs nothing, one that seems to be is paid for.
 */
describe("the fit over 200 studies of a known hyperbola", () => {
	test("covers S_min, B_crit and E_min, and hardly ever denies the hyperbola", () => {
		const measured = measure({ minSteps: 60, critical: 40, sd: 0.15 });
		for (const share of [measured.minSteps, measured.criticalBatchSize, measured.minExamples, measured.exponent]) {
			expect(share).toBeGreaterThanOrEqual(0.9);
			expect(share).toBeLessThanOrEqual(0.99);
		}
		expect(measured.notHyperbola).toBeLessThan(0.1);
		expect(Math.abs(measured.middle.minSteps / 60 - 1)).toBeLessThan(0.02);
		expect(Math.abs(measured.middle.criticalBatchSize / 40 - 1)).toBeLessThan(0.03);
	});

	test("covers them where all runs of a size share an error, as tuning on half octaves leaves", () => {
		const measured = measure({ minSteps: 60, critical: 40, sd: 0.15, sharedSd: 0.1 });
		for (const share of [measured.minSteps, measured.criticalBatchSize, measured.minExamples, measured.exponent]) {
			expect(share).toBeGreaterThanOrEqual(0.9);
			expect(share).toBeLessThanOrEqual(0.99);
		}
		expect(measured.notHyperbola).toBeLessThan(0.1);
	});
});

test("the fit is the maximum of the likelihood written out run by run, and its intervals end where that has dropped", () => {
	const sizes = runsOn({ minSteps: 60, critical: 40, sd: 0.15 }, batchSizes, 7, Rng.fromSeed(7));
	const { sd } = pooledSpread(
		sizes.map(({ runs }) => runs),
		1.05,
	);
	const logLikelihood = (minSteps: number, critical: number) => {
		let sum = 0;
		for (const { batchSize, runs } of sizes) {
			const mean = Math.log(minSteps * (1 + critical / batchSize));
			for (const { after, step } of runs) sum += logProbabilityBetween((Math.log(after) - mean) / sd, (Math.log(step) - mean) / sd);
		}
		return sum;
	};
	const { minSteps, minExamples, criticalBatchSize } = fitCurve(sizes, 1.05);
	const at = { minSteps: minSteps.estimate ?? 0, critical: criticalBatchSize.estimate ?? 0 };
	const top = logLikelihood(at.minSteps, at.critical);
	// No better point in a ring around it; the table's cubic is off by at most 1e-4 a run.
	for (let angle = 0; angle < 2 * Math.PI; angle += 0.1) {
		const near = logLikelihood(at.minSteps * Math.exp(0.01 * Math.cos(angle)), at.critical * Math.exp(0.01 * Math.sin(angle)));
		expect(near).toBeLessThan(top + 7e-3);
	}
	// At both ends of an interval the best of the other parameter, by exhaustion, has lost the same: χ²/2 or somewhat more, as the spread rests on 60 degrees of freedom.
	const grid = Array.from({ length: 4001 }, (_, i) => Math.exp((i - 2000) / 4000));
	const drop = (f: (factor: number) => number) => top - grid.reduce((best, factor) => Math.max(best, f(factor)), Number.NEGATIVE_INFINITY);
	const ends = [
		...[criticalBatchSize.low, criticalBatchSize.high].map((end) => drop((factor) => logLikelihood(at.minSteps * factor, end ?? 0))),
		...[minSteps.low, minSteps.high].map((end) => drop((factor) => logLikelihood(end ?? 0, at.critical * factor))),
		...[minExamples.low, minExamples.high].map((end) =>
			drop((factor) => logLikelihood((end ?? 0) / (at.critical * factor), at.critical * factor)),
		),
	];
	for (const lost of ends) {
		expect(lost).toBeCloseTo(ends[0], 1); // a region is cut into 101 slices
		expect(lost).toBeGreaterThan(1.92);
		expect(lost).toBeLessThan(4);
	}
});
