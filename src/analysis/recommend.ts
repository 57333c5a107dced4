import { settingOf } from "../core/setting.js";

import { noMedian, type Recommendation } from "./findings.js";
import { ratioOf } from "./measures.js";
import { leastOf, moreRuns, shareWithin, sureShare } from "./more-runs.js";
import { bestOf, type Candidate, scoreDraws } from "./objective.js";
import { type Objective, objectives } from "./objectives.js";

/** If sizes can't be compared, at least this many must be for "found": a hyperbola has two parameters, so only a third size tests it. */
const fewestCompared = 3;

/** A size counts as worse than the best if it wins in fewer resamples than this. */
const noticeable = 0.05;

/** The sizes to choose from. */
export interface Choice {
	/** Ascending; only sizes that reached the goal. */
	readonly candidates: readonly Candidate[];
	/** Sizes still to be tried: one of them may turn out best, so nothing is found before. */
	readonly open: readonly { readonly batchSize: number; readonly learningRate: number | null }[];
	/** How far from the best the recommended size may be: 0.25 is 25 % more. */
	readonly tolerance: number;
	/** Runs of a reporting block. */
	readonly reportingSeeds: number;
	/** Whether different seeds give equal results: further runs would show nothing. False by default. */
	readonly equalSeeds?: boolean;
}

/**
 * The batch size with the least time, examples or geometric mean of both, by the medians; its certainty comes from repeating the whole rule
 * on every resample of runs and calibration passes. "found": within the tolerance of the best in 95 % of them, even if neighbours are
 * statistically tied. "not reached": sizes were tried, and none reached the goal. A size that another beats in both time and examples is
 * never recommended.
 */
export function recommend(
	objective: Objective,
	{ candidates: measured, open, tolerance, reportingSeeds, equalSeeds = false }: Choice,
): Recommendation {
	const unfinished = open.flatMap(({ batchSize, learningRate }) =>
		learningRate === null ? [] : [{ batchSize, learningRate, runs: reportingSeeds }],
	);
	const verdict = measured.length === 0 && open.length === 0 ? "not reached" : "undecided";
	/** A size without a time per step can't be compared in time, and is ignored. */
	const candidates = objectives[objective].needsSeconds ? measured.filter(({ measures }) => measures.seconds !== null) : measured;
	if (candidates.length === 0) {
		return { ...nothing, verdict, objective, next: unfinished };
	}

	const best = bestOf(objective, candidates);
	const scores = candidates.map(({ measures }) => scoreDraws(objective, measures));
	const place = candidates.indexOf(best);
	const withinTolerance = shareWithin(scores, place, tolerance);
	const tooFew = candidates.length < measured.length && candidates.length < fewestCompared;
	const single = candidates.filter(({ measures }) => measures.runs < 2); // one run shows no spread: its resamples always agree
	const settled = withinTolerance >= sureShare && single.length === 0 && !tooFew;
	const wanted = equalSeeds
		? []
		: single.length > 0
			? single.map(({ batchSize, learningRate }) => ({ batchSize, learningRate, runs: fewestToJudge }))
			: withinTolerance >= sureShare
				? []
				: moreRuns(objective, candidates, place, tolerance);
	const next = settled ? unfinished : [...wanted, ...unfinished];
	return {
		verdict: settled && open.length === 0 ? "found" : "undecided",
		objective,
		batchSize: best.batchSize,
		learningRate: best.learningRate,
		...settingOf(best),
		indistinguishable: winners(scores, place).map((i) => candidates[i].batchSize),
		withinTolerance: tooFew || single.length > 0 ? null : withinTolerance,
		steps: best.measures.steps.summary,
		examples: best.measures.examples.summary,
		seconds: best.measures.seconds?.summary ?? noMedian,
		neighbours: [candidates[place - 1], candidates[place + 1]].flatMap((other) => (other ? [compare(other, best)] : [])),
		next: next.sort((a, b) => a.batchSize - b.batchSize),
	};
}

/** Further runs for a size that has only one. */
const fewestToJudge = 6;

const nothing = {
	batchSize: null,
	learningRate: null,
	indistinguishable: [],
	withinTolerance: null,
	steps: noMedian,
	examples: noMedian,
	seconds: noMedian,
	neighbours: [],
} as const;

/** Places of the sizes that have the least score in more than 5 % of the resamples (of equal scores each), `recommended` among them. */
function winners(scores: readonly Float64Array[], recommended: number): number[] {
	const least = leastOf(scores);
	return scores.flatMap((draws, i) => {
		const wins = draws.reduce((count, draw, r) => (draw === least[r] ? count + 1 : count), 0);
		return i === recommended || wins > noticeable * least.length ? [i] : [];
	});
}

/** What the other size costs, as ratios to the recommended one, from the same resamples. */
const compare = (other: Candidate, { measures }: Candidate): Recommendation["neighbours"][number] => ({
	batchSize: other.batchSize,
	seconds: ratioOf(other.measures.seconds, measures.seconds),
	examples: ratioOf(other.measures.examples, measures.examples),
	steps: ratioOf(other.measures.steps, measures.steps),
});
