import { rateAt } from "../../core/rates.js";
import type { Asked, Reason } from "../reason.js";
import { reportingRuns } from "../search/reporting-runs.js";
import type { Rounds } from "../search/rounds.js";
import { searchSpace } from "../search/space.js";
import type { Study } from "../study.js";
import { type Board, type Place, stepsOf } from "./place.js";
import { seedWatchOf } from "./seeds.js";
import { sideBySide } from "./side-by-side.js";

/** Reporting runs that a batch size starts with: the fewest with a middle one. */
export const firstBlock = 3;

/**
 * How many times the tuning run's steps the middle of the reporting runs may take before the rate is given up, and a single one of them
 * before it is ended.
 */
const mostTimesTheTuned = { median: 4, single: 8 } as const;

/** Rates that are given up for a lower one before the goal counts as out of reach. */
const mostReplaced = 3;

/** More reporting runs at each of these batch sizes; one alone of each where different seeds give equal results. */
export function* report(study: Study, board: Board, batchSizes: readonly number[], more: number, why: "reporting" | "doubt"): Rounds<void> {
	const places = batchSizes.flatMap((size) => board.get(size) ?? []).filter(({ tuned }) => tuned !== null);
	const single = seedWatchOf(study, board).areAlike;
	const reported = yield* sideBySide(places.map((place) => reportAt(study, place, more, { kind: why }, single)));
	for (const place of reported) board.set(place.batchSize, place);
}

/**
 * If most of a rate's reporting runs miss the goal, or take much longer than its tuning run, the tuning run was lucky: the rate lies at the
 * cliff. The rate an octave below replaces it, with a new block. `single`: a rate has only one run.
 */
export function* reportAt(study: Study, place: Place, more: number, why: Reason, single = false): Rounds<Place> {
	const { lowest } = searchSpace(study, place.batchSize);
	for (let current = place, wanted = place.reported.length + more, reason = why; ; wanted = firstBlock) {
		const { tuned, rate, reported, replaced } = current;
		const results = yield runsAt(study, current, single ? 1 : wanted, reason).slice(reported.length);
		current = { ...current, reported: [...reported, ...results] };
		const steps = stepsOf(current);
		if (steps !== null && steps <= mostTimesTheTuned.median * (tuned?.steps ?? 0)) return current;
		current = { ...current, rate: rate - 2, reported: [], replaced: [...replaced, rate] };
		reason = { kind: "replacement", of: rateAt(rate) };
		if (current.rate < lowest || current.replaced.length === mostReplaced) return { ...current, tuned: null };
	}
}

/** The first `count` reporting runs of a place. */
export const runsAt = (study: Study, { batchSize, rate, tuned }: Place, count: number, reason: Reason): Asked[] =>
	reportingRuns(
		study,
		{ batchSize, learningRate: rateAt(rate), ...tuned?.setting },
		count,
		reason,
		mostTimesTheTuned.single * (tuned?.steps ?? 1),
	);
