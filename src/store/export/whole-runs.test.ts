import { expect, test } from "vitest";
import { trialSpec } from "../../../test/fixtures/oracle-study.js";
import type { FinishedTrial, Outcome, TrialSpec } from "../../core/trial.js";
import { wholeRuns } from "./whole-runs.js";

const blank = { first: null, reached: null, divergedAt: null, seconds: 0, evaluations: [], probes: [], message: null };
const trial = (spec: Partial<TrialSpec>, steps: number, outcome: Outcome = "missed"): FinishedTrial => ({
	spec: trialSpec({ batchSize: 8, learningRate: 0.5, seed: 1, cap: 5, ...spec }),
	result: { ...blank, outcome, steps, examples: 8 * steps },
});

test("of trials that continue each other the longest is left, where the first was; others are runs of their own", () => {
	const ladder = { phase: "ladder" } as const;
	const rung = trial({ ...ladder, cap: 5 }, 5);
	const other = trial({ ...ladder, learningRate: 1, cap: 5 }, 5);
	const higher = trial({ ...ladder, cap: 15 }, 15);
	const seed = trial({ ...ladder, seedIndex: 1, cap: 15 }, 15);
	const highest = trial({ ...ladder, cap: 44 }, 31);
	expect(wholeRuns([rung, other, higher, seed, highest])).toEqual([highest, other, seed]);
	expect(wholeRuns([highest, rung])).toEqual([highest]);
});

test("trainings of two planned lengths are two runs; a cancelled trial is none", () => {
	const short = trial({ until: "cap", cap: 100 }, 100);
	const long = trial({ until: "cap", cap: 200 }, 200);
	const cancelled = trial({ cap: 300 }, 20, "cancelled");
	expect(wholeRuns([short, long, cancelled])).toEqual([short, long]);
});
