import type { ColumnAnswer } from "../core/column.js";
import { type Goal, goalKind } from "../core/goal.js";
import { type BestGoal, type End, endOf, type HorizonAnswer, type HorizonSetting } from "../core/horizon.js";
import type { FinishedTrial } from "../core/trial.js";
import { byEnds } from "./by-ends.js";
import type { Findings, HorizonEnd, HorizonFinding } from "./findings.js";
import { noEstimate, noMedian } from "./findings.js";
import { bounded, shares } from "./means.js";
import { halfWidth, lossOf, meanOf } from "./non-inferiority.js";

/** Of intervals. */
const level = 0.05;

export function horizonFinding(
	goal: BestGoal,
	{ best, larger, untested, isOver, runs, own: ownSetting }: HorizonAnswer,
	trials: readonly FinishedTrial[],
): HorizonFinding {
	const own = best && endsOf(goal, trials, best);
	const bestEnd = best && own ? summaryOf(goal, best, own) : null;
	const tests = larger.map((setting) => {
		const ends = endsOf(goal, trials, setting);
		return { ...summaryOf(goal, setting, ends), loss: lossOf(goal, own ?? [], ends) };
	});
	const ownEnds = ownSetting ? endsOf(goal, trials, ownSetting) : [];
	const firstFailing = tests.findIndex(({ loss }) => loss.verdict !== "nothing");
	const passed = firstFailing < 0 ? tests : tests.slice(0, firstFailing);
	const failed = firstFailing < 0 ? undefined : tests[firstFailing];
	const cutOff = cutOffOf(goal, trials);
	const isSound = bestEnd !== null && bestEnd.diverged === 0 && bestEnd.end.low !== null && cutOff === null;
	return {
		best: bestEnd,
		larger: tests,
		largest: passed.at(-1) ?? bestEnd,
		...(ownSetting && ownEnds.length > 0 && { own: { ...summaryOf(goal, ownSetting, ownEnds), loss: lossOf(goal, own ?? [], ownEnds) } }),
		untested,
		decided: isOver && isSound && failed?.loss.verdict !== "cannot tell" && (failed !== undefined || untested === null),
		cutOff,
		runs,
	};
}

/** Trials that were cut off before their planned end, and how the last of them was; null where there are none. */
export function cutOffOf(goal: Goal, trials: readonly FinishedTrial[]): HorizonFinding["cutOff"] {
	const cutOff = trials.filter(({ spec, result }) => spec.phase.startsWith("horizon ") && endOf(goal, result).kind === "cut off");
	const last = cutOff.at(-1)?.result;
	return last ? { trials: cutOff.length, how: last.message ?? last.outcome } : null;
}

/** The ends of a setting's fresh runs, by the places of their seeds. */
function endsOf(goal: BestGoal, trials: readonly FinishedTrial[], { batchSize, learningRate, steps }: HorizonSetting): readonly End[] {
	const own = trials.filter(
		({ spec }) =>
			(spec.phase === "horizon reporting" || spec.phase === "baseline") &&
			spec.batchSize === batchSize &&
			spec.learningRate === learningRate &&
			spec.cap === steps,
	);
	return own.sort((a, b) => a.spec.seedIndex - b.spec.seedIndex).map(({ result }) => endOf(goal, result));
}

function summaryOf(goal: BestGoal, setting: HorizonSetting, ends: readonly End[]): HorizonEnd {
	const values = ends.flatMap((end) => (end.kind === "value" ? [end.value] : []));
	const mean = values.length === 0 ? null : meanOf(values);
	const half = values.length < 2 ? null : halfWidth(values, level);
	const end =
		mean === null ? noEstimate : { estimate: mean, low: half === null ? null : mean - half, high: half === null ? null : mean + half };
	const kind = goalKind(goal);
	const isShare = (kind === "accuracy" || kind === "error") && values.every((value) => value >= 0 && value <= 1);
	return {
		...setting,
		end: isShare ? bounded(end, shares) : end,
		runs: ends.length,
		diverged: ends.filter(({ kind }) => kind === "diverged").length,
		cutOff: ends.filter(({ kind }) => kind === "cut off").length,
	};
}

/** The findings of a study of the best end: in place of steps to a goal, the ends. `answers`: what was tried. */
export function withHorizon(findings: Findings, horizon: HorizonFinding, answers: readonly ColumnAnswer[]): Findings {
	const { best, decided } = horizon;
	const isOpen = answers.some(({ state }) => state === "open");
	const exactly = (median: number) => ({ median, low: null, high: null });
	// It is compared by its end: see `HorizonFinding.own`.
	const { baseline: _bySteps, ...others } = findings;
	const taking = best && { ...best, steps: exactly(best.steps), examples: exactly(best.steps * best.batchSize), seconds: noMedian };
	return { ...byEnds(others, { best: taking, isOpen, decided, within: null }), horizon };
}
