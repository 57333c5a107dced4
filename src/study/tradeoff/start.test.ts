import { expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, trainClosedForm } from "../../../test/fixtures/closed-form.js";
import { halfOctaveAbove } from "../../core/rates.js";
import type { TrialSpec } from "../../core/trial.js";
import { specsOf } from "../reason.js";
import { tune } from "./tune.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
const batchSize = 16;
const best = bestRate(curve, batchSize);

/**
 * Tunes one batch size from a start at a given distance, in half octaves, from the best rate: the winner's distance from the best, and what
 * was trained for it.
 */
function tuneFrom(away: number): { readonly found: number | null; readonly specs: readonly TrialSpec[] } {
	const study = closedFormStudy(100);
	const specs: TrialSpec[] = [];
	const rate = best + away;
	const search = tune(study, batchSize, [{ batchSize, rate, steps: 200, setting: {}, rates: new Map([["", rate]]) }], () => {});
	let step = search.next([]);
	while (!step.done) {
		specs.push(...specsOf(step.value));
		step = search.next(step.value.map(({ spec }) => trainClosedForm(study, curve, spec)));
	}
	return { found: step.value && step.value.rate - best, specs };
}

const distances = (specs: readonly TrialSpec[]) => [...new Set(specs.map(({ learningRate }) => halfOctaveAbove(learningRate) - best))];

test("a start at the best rate costs three runs of it and two or three of each neighbour", () => {
	const { found, specs } = tuneFrom(0);
	expect(found).toBe(0);
	expect(distances(specs).sort((a, b) => a - b)).toEqual([-1, 0, 1]);
	expect(specs.length).toBeLessThanOrEqual(9);
});

test.each([
	[3, [[3, 0]]],
	// Two above the best is still below the cliff: from there the neighbour above is tried, as from any incumbent.
	[
		4,
		[
			[4, 0],
			[3, 0],
			[3, 1],
		],
	],
	[
		5,
		[
			[5, 0],
			[3, 0],
		],
	],
])("a start %i half octaves too high, beyond the cliff, costs one run for each octave down and no coarse search", (away, beyondCliff) => {
	const { found, specs } = tuneFrom(away);
	expect(found).toBe(0);
	const runs = specs.map(({ learningRate, seedIndex }) => [halfOctaveAbove(learningRate) - best, seedIndex]);
	expect(runs.filter(([distance]) => distance > 2)).toEqual(beyondCliff);
	expect(Math.min(...distances(specs))).toBe(-1);
});

test("a start more than two octaves above the cliff searches the coarse rates, and finds the best nevertheless", () => {
	const { found, specs } = tuneFrom(9);
	expect(found).toBe(0);
	expect(distances(specs).length).toBeGreaterThan(8);
});
