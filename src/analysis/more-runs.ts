import type { Recommendation } from "./findings.js";
import { type Candidate, scoreDraws, scoreOf } from "./objective.js";
import type { Objective } from "./objectives.js";

/** A verdict is sure if it holds in this share of the resamples. */
export const sureShare = 0.95;

/** The most runs per size that are suggested: eight times a reporting block, for a third of the interval. */
export const mostMoreRuns = 56;

/** A rival is a size that is better by more than the tolerance in at least this share of resamples. */
const rivalShare = 0.01;

/** The least score of each resample. */
export const leastOf = (scores: readonly Float64Array[]): Float64Array =>
	scores[0].map((_, r) => {
		let least = Number.POSITIVE_INFINITY;
		for (const draws of scores) if (draws[r] < least) least = draws[r];
		return least;
	});

/**
 * Share of resamples in which the size at `place` is within the tolerance of the best. A resample in which no size reaches the goal counts
 * as not within.
 */
export function shareWithin(scores: readonly Float64Array[], place: number, tolerance: number): number {
	const least = leastOf(scores);
	const within = scores[place].reduce(
		(count, draw, r) => (least[r] < Number.POSITIVE_INFINITY && draw <= (1 + tolerance) * least[r] ? count + 1 : count),
		0,
	);
	return within / least.length;
}

/** Share of resamples in which a size is better than another by more than the tolerance. */
const shareBetter = (draws: Float64Array, than: Float64Array, tolerance: number): number =>
	draws.reduce((count, draw, r) => (than[r] > (1 + tolerance) * draw ? count + 1 : count), 0) / draws.length;

/**
 * The reporting runs that would decide: how many more, at the recommended size and at each rival. An interval narrows with the root of the
 * number of runs, so the resamples are drawn closer to their medians by √(n/(n + more)), those of seconds per step left as they are, and
 * the fewest runs are taken with which the recommended size is within the tolerance in 95 % of them; `mostMoreRuns` if even those wouldn't
 * be enough (since the clock is uncertain, or half of the runs miss the goal). The rivals are shifted to be as good as the recommended
 * size: it was chosen for its low median, so new runs may remove that advantage, and they should decide even then.
 */
export function moreRuns(
	objective: Objective,
	candidates: readonly Candidate[],
	place: number,
	tolerance: number,
): Recommendation["next"][number][] {
	const scores = candidates.map(({ measures }) => scoreDraws(objective, measures));
	const isRival = (draws: Float64Array): boolean => shareBetter(draws, scores[place], tolerance) >= rivalShare;
	const involved = candidates.flatMap((_, i) => (i === place || isRival(scores[i]) ? [i] : []));
	const decides = (more: number): boolean => {
		const narrowed = scores.map((draws, i) => {
			if (!involved.includes(i)) return draws;
			const { measures } = candidates[i];
			const level = scoreOf(objective, candidates[place].measures) / scoreOf(objective, measures);
			return scoreDraws(objective, measures, Math.sqrt(measures.runs / (measures.runs + more))).map((draw) => level * draw);
		});
		return shareWithin(narrowed, place, tolerance) >= sureShare;
	};
	let few = 0;
	let enough = mostMoreRuns;
	while (enough - few > 1) {
		const middle = Math.floor((few + enough) / 2);
		if (decides(middle)) enough = middle;
		else few = middle;
	}
	return involved.map((i) => ({ batchSize: candidates[i].batchSize, learningRate: candidates[i].learningRate, runs: enough }));
}
