import type { Calibration } from "../core/calibration.js";
import type { EndingAnswer, EndingSize } from "../core/ending.js";
import type { Goal } from "../core/goal.js";
import { endOf } from "../core/horizon.js";
import type { Rng } from "../core/rng.js";
import { exactClockOf, secondsPerStepOf } from "../core/step-clock.js";
import type { FinishedTrial } from "../core/trial.js";
import { median } from "./bootstrap.js";
import { byEnds } from "./by-ends.js";
import type { EndingFinding, EndingRow, Estimate, Findings } from "./findings.js";
import { noEstimate } from "./findings.js";
import { cutOffOf } from "./horizon.js";
import { type EndsAt, leastLength } from "./least-length.js";
import { type Objective, objectives } from "./objectives.js";

interface Question {
	readonly goal: Goal;
	readonly objective: Objective;
	readonly tolerance: number;
	readonly calibration: Calibration | null;
	readonly rng: Rng;
	/** Steps of the shortest training that is possible at a batch size. */
	readonly shortest: (batchSize: number) => number;
}

/** A row with its estimate in each draw of the bootstrap, in steps. */
interface Drawn {
	readonly row: EndingRow;
	readonly sample: readonly number[];
}

/** The share of resamples that makes a choice "found". */
const sureShare = 0.95;

export function endingFinding(
	question: Question,
	{ sizes, own, isOver, runs }: EndingAnswer,
	trials: readonly FinishedTrial[],
): EndingFinding {
	const drawn = sizes.map((size) => drawnOf(question, size, trials, "horizon reporting"));
	const cutOff = cutOffOf(question.goal, trials);
	const rule = objectives[question.objective];
	const candidates = drawn.filter(
		({ row }) => row.steps.estimate !== null && row.diverged === 0 && (!rule.needsSeconds || row.secondsPerStep !== null),
	);
	const score = ({ row }: Drawn, steps: number) => rule.score(steps * (row.secondsPerStep ?? 0), steps * row.batchSize);
	const best = candidates.reduce<Drawn | null>(
		(a, b) => (a && score(a, a.row.steps.estimate ?? 0) <= score(b, b.row.steps.estimate ?? 0) ? a : b),
		null,
	);
	const within = best && shareWithin(best, candidates, score, question.tolerance);
	return {
		rows: drawn.map(({ row }) => row),
		best: best?.row ?? null,
		...(own && { own: drawnOf(question, own, trials, "baseline").row }),
		within,
		decided:
			isOver &&
			cutOff === null &&
			!drawn.some(({ row }) => isUnknown(row)) &&
			within !== null &&
			within >= sureShare &&
			best !== null &&
			best.row.runs > best.row.lengths.length,
		cutOff,
		runs,
	};
}

/** Whether fresh runs of this size ended, and yet show no least length: nobody knows whether it is better than the best. */
export const isUnknown = ({ state, diverged, steps }: EndingRow): boolean =>
	state === "measured" && diverged === 0 && steps.estimate === null;

/** A setting's least length, by its fresh runs in this phase. */
function drawnOf(
	question: Question,
	{ batchSize, learningRate, lengths, state }: EndingSize,
	trials: readonly FinishedTrial[],
	phase: "horizon reporting" | "baseline",
): Drawn {
	const own = trials.filter(
		({ spec }) => spec.phase === phase && spec.batchSize === batchSize && spec.learningRate === learningRate && lengths.includes(spec.cap),
	);
	const shortest = question.shortest(batchSize);
	const ends = lengths.map((steps) => endsAt(question.goal, own, steps));
	const { steps, sample } = leastLength(question.goal, ends, question.rng.split("ending").split(batchSize), shortest);
	const isShortest = steps.estimate !== null && steps.estimate <= shortest;
	const diverged = own.filter(({ result }) => endOf(question.goal, result).kind === "diverged").length;
	const secondsPerStep = secondsOf(batchSize, question.calibration, own);
	const row = { batchSize, learningRate, state, lengths, runs: own.length, diverged, steps, isShortest, secondsPerStep };
	return { row: { ...row, examples: times(steps, batchSize), seconds: times(steps, secondsPerStep) }, sample };
}

/** Share of the draws in which the best one's score is within the tolerance of the least. */
function shareWithin(best: Drawn, all: readonly Drawn[], score: (one: Drawn, steps: number) => number, tolerance: number): number {
	const hits = best.sample.filter((steps, i) => {
		const least = Math.min(...all.map((one) => score(one, one.sample[i] ?? Number.POSITIVE_INFINITY)));
		return score(best, steps) <= (1 + tolerance) * least;
	});
	return hits.length / best.sample.length;
}

function endsAt(goal: Goal, own: readonly FinishedTrial[], steps: number): EndsAt {
	const values: (number | null)[] = [];
	for (const { spec, result } of own) {
		if (spec.cap !== steps) continue;
		const end = endOf(goal, result);
		values[spec.seedIndex] = end.kind === "value" ? end.value : null;
	}
	return { steps, values };
}

/** Timed apart, or by the clocks of its own runs; null where neither is known. */
function secondsOf(batchSize: number, calibration: Calibration | null, own: readonly FinishedTrial[]): number | null {
	const timed = calibration?.stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? [];
	const clocks = own.flatMap(({ result }) => exactClockOf(result) ?? []).map(secondsPerStepOf);
	const times = timed.length > 0 ? timed : clocks;
	return times.length === 0 ? null : median(times);
}

function times({ estimate, low, high }: Estimate, factor: number | null): Estimate {
	if (factor === null) return noEstimate;
	const by = (value: number | null) => (value === null ? null : value * factor);
	return { estimate: by(estimate), low: by(low), high: by(high) };
}

/** The findings of a study of the least length whose end meets the goal. `isOpen`: trials are still missing. */
export function withEnding({ baseline: _, ...findings }: Findings, ending: EndingFinding, isOpen: boolean): Findings {
	const { best, decided, within } = ending;
	const asMedian = ({ estimate, low, high }: Estimate) => ({ median: estimate, low, high });
	const taking = best && { ...best, steps: asMedian(best.steps), examples: asMedian(best.examples), seconds: asMedian(best.seconds) };
	return { ...byEnds(findings, { best: taking, isOpen, decided, within }), ending };
}
