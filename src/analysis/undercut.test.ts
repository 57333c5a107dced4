import { describe, expect, test } from "vitest";
import { type KnownCurve, runsOn } from "../../test/fixtures/lognormal-runs.js";
import { Rng } from "../core/rng.js";
import { medianInterval } from "./bootstrap.js";
import { fitCurve } from "./fit.js";
import { withUndercut } from "./undercut.js";

const batchSizes = Array.from({ length: 11 }, (_, k) => 2 ** k);
const full = batchSizes[batchSizes.length - 1];

/** Seven runs at every size of a hyperbola, those at the largest with so many times the steps. */
function fitted(truth: KnownCurve, factor: number, rng: Rng) {
	const sizes = runsOn(truth, batchSizes, 7, rng).map(({ batchSize, runs }) => {
		const share = batchSize === full ? factor : 1;
		const scaled = runs.map(({ seed, after, step }) => ({ seed, after: share * after, step: share * step }));
		const steps = medianInterval(
			scaled.map(({ step }) => step),
			"log",
			rng.split(batchSize),
		);
		return { batchSize, steps, runs: scaled };
	});
	return withUndercut(sizes, (chosen) => fitCurve(chosen, 1.05));
}

describe("sizes below the curve's floor", () => {
	const truth = { minSteps: 400, critical: 40, sd: 0.1 };

	test("a full batch with 0.7 of the steps that all others agree on is on no hyperbola, however much its miss widens the fit", () => {
		const fit = fitted(truth, 0.7, Rng.fromSeed(1));
		expect(fit.lackOfFit.undercut).toEqual([full]);
		expect(fit.verdict).toBe("not a hyperbola");
		expect(fit.lackOfFit.probability).toBeLessThan(0.001);
	});

	test("on a hyperbola none is found, nor where every size has an error of its own", () => {
		for (const sharedSd of [0, 0.1]) {
			const rng = Rng.fromSeed(2);
			const found = Array.from({ length: 40 }, () => fitted({ ...truth, sharedSd }, 1, rng)).filter(
				({ lackOfFit }) => lackOfFit.undercut.length > 0,
			);
			expect(found.length).toBeLessThanOrEqual(2);
		}
	});

	test("where the others scatter as much themselves, the miss may be chance", () => {
		expect(fitted({ ...truth, sharedSd: 0.35 }, 0.7, Rng.fromSeed(3)).lackOfFit.undercut).toEqual([]);
	});
});
