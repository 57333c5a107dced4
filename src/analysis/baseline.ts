import type { Setting } from "../core/setting.js";
import { exactClockOf, secondsPerStepOf } from "../core/step-clock.js";
import type { FinishedTrial } from "../core/trial.js";
import { upperMiddle } from "../core/upper-middle.js";
import type { BaselineFinding } from "./findings.js";
import { longestOfEachSeed, trialsOf } from "./reporting.js";

/** Null until it has been run. `timed`: seconds per step at its batch size, where they were taken apart. */
export function baselineFinding(
	trials: readonly FinishedTrial[],
	own: Setting & { readonly batchSize: number; readonly learningRate: number },
	timed: number | null,
): BaselineFinding | null {
	const runs = longestOfEachSeed(trialsOf(trials, "baseline", own.batchSize));
	if (runs.length === 0) return null;
	const reached = runs.flatMap(({ result }) => result.reached ?? []);
	const median = (of: (crossing: (typeof reached)[number]) => number): number | null =>
		upperMiddle([...reached.map(of), ...runs.slice(reached.length).map(() => Number.POSITIVE_INFINITY)]) ?? null;
	const finite = (value: number | null): number | null => (value === null || value === Number.POSITIVE_INFINITY ? null : value);
	const clocks = runs.flatMap(({ result }) => exactClockOf(result) ?? []).map(secondsPerStepOf);
	const secondsPerStep = timed ?? upperMiddle(clocks) ?? null;
	const steps = finite(median(({ step }) => step));
	return {
		...own,
		runs: runs.length,
		reached: reached.length,
		steps,
		examples: finite(median(({ examples }) => examples)),
		seconds: steps === null || secondsPerStep === null ? null : steps * secondsPerStep,
		cap: Math.max(...runs.map(({ spec }) => spec.cap)),
		secondsPerStep,
	};
}
