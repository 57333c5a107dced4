import { isSameRate, type Setting } from "../core/setting.js";
import { exactClockOf, secondsPerStepOf } from "../core/step-clock.js";
import type { FinishedTrial } from "../core/trial.js";
import { upperMiddle } from "../core/upper-middle.js";
import type { BaselineFinding, Recommendation } from "./findings.js";
import { geometricMeanInterval } from "./means.js";
import { type Objective, objectives } from "./objectives.js";
import { longestOfEachSeed, trialsOf } from "./reporting.js";

/** Fewer pairs have no interval worth the name. */
const fewestPairs = 3;

/**
 * With what it costs over the recommended setting, seed by seed. Without where a run of it missed the goal, where a time that the objective
 * needs isn't known, or where too few seeds are shared.
 */
export function withCostRatio(
	own: BaselineFinding,
	{ trials, objective }: { readonly trials: readonly FinishedTrial[]; readonly objective: Objective },
	recommended: Recommendation,
): BaselineFinding {
	const { batchSize, learningRate, seconds, steps } = recommended;
	if (batchSize === null || learningRate === null || own.reached < own.runs) return own;
	const secondsPerStep = seconds.median === null || steps.median === null ? null : seconds.median / steps.median;
	const { score, needsSeconds } = objectives[objective];
	if (needsSeconds && (own.secondsPerStep === null || secondsPerStep === null)) return own;
	const costs = (runs: readonly FinishedTrial[], perStep: number | null): ReadonlyMap<number, number> =>
		new Map(
			longestOfEachSeed(runs).flatMap(({ spec, result: { reached } }) =>
				reached === null ? [] : [[spec.seed, score(reached.step * (perStep ?? 0), reached.examples)] as const],
			),
		);
	const reported = trialsOf(trials, "reporting", batchSize).filter(({ spec }) => isSameRate(spec, { ...recommended, learningRate }));
	const rival = costs(reported, secondsPerStep);
	const ratios = [...costs(trialsOf(trials, "baseline", own.batchSize), own.secondsPerStep)].flatMap(([seed, cost]) => {
		const other = rival.get(seed);
		return other === undefined ? [] : [cost / other];
	});
	return ratios.length < fewestPairs ? own : { ...own, costRatio: geometricMeanInterval(ratios) };
}

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
