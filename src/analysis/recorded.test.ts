import { expect, test } from "vitest";
import { sampleTrial } from "../../test/contract/sample-trial.js";
import { row } from "../../test/fixtures/small-findings.js";
import type { FinishedTrial } from "../core/trial.js";
import { recordedRows } from "./recorded.js";

/** A reporting run at batch size 32, of `looks` looks, whose distance is `unit` times the step; it met the goal at step `first`. */
function run(seedIndex: number, unit: number, looks: number, first: number | null): FinishedTrial {
	const { spec, result } = sampleTrial(seedIndex, looks);
	return {
		spec: { ...spec, phase: "reporting" },
		result: {
			...result,
			reached: first === null ? null : { after: first - 1, step: first, examples: 32 * first },
			evaluations: result.evaluations.map((look) => ({
				...look,
				recorded: { distance: unit * look.step, ...(look.step === first && { sharpness: unit }) },
			})),
		},
	};
}

test("at the goal and along the way: geometric means over the runs that have a value there", () => {
	const trials = [
		run(0, 1, 5, 2),
		run(1, 4, 3, 3),
		run(2, 1, 4, null),
		{ ...run(3, 9, 5, 1), spec: { ...run(3, 9, 5, 1).spec, learningRate: 1 } },
	];
	const [recorded, ...rest] = recordedRows([row(32, Math.SQRT1_2, 10, 1e-5), row(64, 1, 10, 1e-5)], trials);
	expect(rest).toEqual([]); // nothing ran at 64, and what ran at another rate isn't reported
	// Runs 0 and 1 reached the goal, at distances 1·2 and 4·3, with sharpness 1 and 4.
	expect(recorded.atGoal.distance.estimate).toBeCloseTo(Math.sqrt(2 * 12), 12);
	expect(recorded.atGoal.sharpness.estimate).toBeCloseTo(2, 12);
	expect(recorded.atGoal.update).toEqual({ estimate: null, low: null, high: null });
	// The shortest run has three looks. At step s the distances are s, 4s and s: their mean is 4^(1/3)·s.
	expect(recorded.along.distance.map(({ step }) => step)).toEqual([1, 2, 3]);
	for (const { step, mean } of recorded.along.distance) expect(mean.estimate).toBeCloseTo(4 ** (1 / 3) * step, 12);
});
