import type { ColumnAnswer } from "../../core/column.js";
import { type HalfOctave, halfOctaveAbove, halfOctaveBelow, lattice, rateAt } from "../../core/rates.js";
import { type Setting, settingOf } from "../../core/setting.js";
import type { TrialSpec } from "../../core/trial.js";
import type { Study } from "../study.js";
import { capsOf } from "./caps.js";
import { notReached } from "./not-reached.js";
import type { Rounds } from "./rounds.js";
import { Runs, seedOf } from "./runs.js";
import { descend, type SearchSpace, type Tuned } from "./search.js";
import type { Leader } from "./trend.js";

/** Half octaves by which a range widens where the best rate lies at its edge: four octaves. */
const widening = 8;

/** How often longer than on the tuning seeds the winner may take on fresh ones before a neighbour gets its chance. */
const patience = 4;

/**
 * What to report of a tuned batch size: the tuned rate and its two neighbours on the lattice run on fresh, selecting seeds, each capped at the best
 * so far; the best of them runs on reporting seeds used for nothing else, so that no minimum over trials is ever shown (it would be biased
 * low). Where most reporting runs miss the goal, the next candidate takes its place, and the answer says so.
 */
export function* select(study: Study, batchSize: number, tuned: Leader): Rounds<ColumnAnswer> {
	const space = searchSpace(study, batchSize);
	const replaced: number[] = [];
	for (const rate of yield* ranking(runsOf(study, batchSize, "selecting", tuned.setting), space, tuned)) {
		const results = yield reportingRuns(study, { batchSize, learningRate: rateAt(rate), ...tuned.setting }, study.seeds.reporting);
		const reached = results.flatMap(({ first }) => (first ? [first.step] : [])).sort((a, b) => a - b);
		const steps = reached[Math.floor(results.length / 2)];
		const atEdge = rate === space.lowest || rate === space.highest;
		if (steps !== undefined) {
			const reportingRuns = results.length;
			return { batchSize, state: "reached", learningRate: rateAt(rate), ...tuned.setting, steps, atEdge, replaced, reportingRuns };
		}
		replaced.push(rateAt(rate));
	}
	return notReached(batchSize, replaced);
}

/** The block of seeds of a phase, at one batch size and setting. */
export const runsOf = (study: Study, batchSize: number, phase: "tuning" | "selecting", setting: Setting, probe = false): Runs =>
	new Runs({
		probe,
		phase,
		batchSize,
		setting,
		seeds: study.seeds[phase],
		studySeed: study.seed,
		before: capsOf(study, batchSize).before,
		goal: study.goal,
	});

/**
 * The tuned rate and its neighbours in the order in which they should be reported: the one with the least median on the selecting seeds first; then
 * the others, the lower rate first, since the cliff lies above. Where none of them has a median, the tuned rate was luck: the best rate below
 * takes its place.
 */
export function* ranking(runs: Runs, space: SearchSpace, tuned: Tuned): Rounds<readonly HalfOctave[]> {
	const around = (rate: HalfOctave) => [rate - 1, rate, rate + 1].filter((near) => near >= space.lowest && near <= space.highest);
	const candidates = around(tuned.rate);
	let best: Tuned | null = null;
	for (const rate of [tuned.rate, ...candidates.filter((candidate) => candidate !== tuned.rate)]) {
		const cap: number = best
			? rate > best.rate
				? space.before(best.steps)
				: best.steps
			: space.lookAt(Math.min(space.limit, patience * tuned.steps));
		const steps: number | null = yield* runs.median(rate, cap);
		if (steps !== null) best = { rate, steps };
	}
	if (best) return [best.rate, ...candidates.filter((rate) => rate !== best.rate)];
	const below = yield* bestBelow(runs, space, tuned);
	const first = below?.rate ?? tuned.rate;
	return [first, ...around(first).filter((rate) => rate !== first)];
}

/**
 * The best rate below one that met the goal on the tuning seeds by luck, as one near the edge of stability may; null where none within four octaves has a
 * median. The first that has one is sought downwards, since the cliff lies above: on the safe side of it steps grow by √2 for every half octave
 * at most, so each rate may take as much longer than the one above. From there the valley's bottom is found as in tuning.
 */
function* bestBelow(runs: Runs, space: SearchSpace, tuned: Tuned): Rounds<Tuned | null> {
	let most = patience * tuned.steps * Math.SQRT2;
	for (let rate = tuned.rate - 2; rate >= Math.max(space.lowest, tuned.rate - widening); rate--) {
		most *= Math.SQRT2;
		const steps = yield* runs.median(rate, space.lookAt(Math.min(space.limit, most)));
		if (steps !== null) return yield* descend(runs, space, { rate, steps }, () => {});
	}
	return null;
}

/** What is reported at a batch size. */
interface Reported extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
}

/** The first `count` reporting runs of one rate: to the sustained goal, with learning curves, the noise probed along the first of them. `most`: steps a run may take, where that is less than the study's limit. */
export function reportingRuns(study: Study, reported: Reported, count: number, most = Number.POSITIVE_INFINITY): TrialSpec[] {
	const caps = capsOf(study, reported.batchSize);
	return Array.from({ length: count }, (_, seedIndex) => ({
		phase: "reporting",
		batchSize: reported.batchSize,
		learningRate: reported.learningRate,
		...settingOf(reported),
		seedIndex,
		seed: seedOf(study.seed, "reporting", seedIndex),
		cap: caps.lookAt(Math.min(most, caps.limit)),
		until: "sustained",
		curves: true,
		probe: seedIndex === 0,
	}));
}

/** Where this column searches. Ranges are snapped outward to half octaves; the limit inward to where runs may be ended, as every cap is. */
export function searchSpace(study: Study, batchSize: number): SearchSpace {
	const from = halfOctaveBelow(study.tune.learningRate.from);
	const to = halfOctaveAbove(study.tune.learningRate.to);
	return {
		from,
		to,
		lowest: Math.max(lattice.lowest, from - widening),
		highest: Math.min(lattice.highest, to + widening),
		...capsOf(study, batchSize),
	};
}
