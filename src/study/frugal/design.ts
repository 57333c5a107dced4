import type { Calibration } from "../../core/calibration.js";
import { type FinishedTrial, trialKey } from "../../core/trial.js";
import type { Design, Given } from "../contracts.js";
import { type Extension, reportingWanted, totalGranted, trialsBudget } from "../extension.js";
import { middleSize } from "../middle-size.js";
import type { Asked } from "../reason.js";
import { Memo } from "../search/memo.js";
import { resultsOf } from "../search/results.js";
import { type Replay, Replaying, type Results, type Rounds } from "../search/rounds.js";
import type { Study } from "../study.js";
import { typicalSecondsOfSize, typicalTrialsOfSize } from "../typical-trials.js";
import { course } from "./course.js";
import { answerOf, type Board, type Place, stepsOf, tunedPlaces } from "./place.js";
import { firstBlock, report, runsAt } from "./reporting.js";
import { tuneAt } from "./tuning.js";

const nothing: Given = { extensions: [], calibration: null };

/** A study's replay on results that only grow. Another calibration may lead to other trials, so the replay starts again. */
interface StudyReplay {
	readonly calibration: Calibration | null;
	readonly replaying: Replaying<void>;
	readonly board: Board;
}

const memo = new Memo<Results, StudyReplay>();

function begin(study: Study, calibration: Calibration | null): StudyReplay {
	const board: Board = new Map();
	return { calibration, board, replaying: new Replaying(course(study, calibration, board)) };
}

/**
 * How far the study has come, and what is known about every batch size, including granted sizes and reporting runs.
 */
function replayed(study: Study, finished: readonly FinishedTrial[], { extensions, calibration }: Given) {
	const results = resultsOf(study, finished);
	const replay = memo.get(
		results,
		(made) => made.calibration === calibration,
		() => begin(study, calibration),
	);
	const budget = trialsBudget(study.budget.trials, extensions) ?? Number.POSITIVE_INFINITY;
	const missing = missingOf(replay.replaying.on(results, budget));
	if (missing.length > 0) return { places: placesOn(study, replay.board, extensions, results), missing };
	const { board, sizes, missing: further } = beyond(study, replay.board, extensions, results);
	const places = placesOn(
		study,
		board,
		extensions.filter((one) => !sizes.includes(one)),
		results,
	);
	return { places, missing: [...further, ...places.flatMap((place) => place.missing)] };
}

const placesOn = (study: Study, board: Board, extensions: Given["extensions"], results: Results) =>
	study.batchSizes.map((size) => granted(study, board.get(size), extensions, results));

/** The missing trials of the next round; none if the part is over, or if the budget can't pay for the whole round. */
const missingOf = (replay: Replay<void>): readonly Asked[] => (replay.done ? [] : replay.missing);

/**
 * Untried batch sizes that the study was granted after its course: each is tuned and gets its first reporting runs, one size after the
 * other, as far as the granted trials allow. For a size that was already tried, a grant means reporting runs. `sizes`: the grants for sizes
 * to try.
 */
function beyond(study: Study, settled: Board, extensions: Given["extensions"], results: Results) {
	const isTried = ({ batchSize }: Extension) => batchSize === null || stepsAt(settled, batchSize) !== null;
	const sizes = extensions.filter((one, i) => !isTried(one) && extensions.findIndex(({ batchSize }) => batchSize === one.batchSize) === i);
	const board: Board = new Map(settled);
	const trials = sizes.reduce((sum, one) => sum + one.trials, 0);
	const missing = missingOf(new Replaying(tryEach(study, board, sizes)).on(results, trials));
	return { board, sizes, missing };
}

function* tryEach(study: Study, board: Board, sizes: readonly Extension[]): Rounds<void> {
	for (const { batchSize } of sizes) {
		if (batchSize === null || board.get(batchSize)?.tooLarge || tunedPlaces(board).length === 0) continue;
		if (!board.get(batchSize)?.tuned) yield* tuneAt(study, board, batchSize, "granted");
		yield* report(study, board, [batchSize], firstBlock, "reporting");
	}
}

const stepsAt = (board: Board, batchSize: number): number | null => {
	const place = board.get(batchSize);
	return place ? stepsOf(place) : null;
};

/**
 * A place with all its granted reporting runs, once all of them have results (among partial results the short runs come first); and the
 * missing ones.
 */
function granted(
	study: Study,
	place: Place | undefined,
	extensions: Given["extensions"],
	results: Results,
): { readonly place: Place | undefined; readonly missing: readonly Asked[] } {
	if (!place?.tuned || stepsOf(place) === null) return { place, missing: [] };
	const runs = runsAt(study, place, reportingWanted(place.reported.length, extensions, place.batchSize), { kind: "granted" });
	const reported = runs.flatMap(({ spec }) => results.get(trialKey(spec)) ?? []);
	if (reported.length < runs.length) return { place, missing: runs.filter(({ spec }) => !results.has(trialKey(spec))) };
	return { place: { ...place, reported }, missing: [] };
}

/** Trials after which the design usually ends by itself: see docs/budget.md. */
const usualTrials = 60;

/** Its budget of trials; for a budget of time, what it usually takes. */
const typicalTrials = ({ budget }: Pick<Study, "budget">): number => budget.trials ?? usualTrials;

/**
 * The design for a budget that is too small for the whole design. Unlike there, batch sizes wait for each other: the next trials are chosen
 * from everything that is known. The study ends at the first round that the rest of the budget can't pay for. Reporting runs granted later
 * (extensions) come last.
 */
export const frugalDesign: Design = {
	traits: { sizes: "some", firstBlock, reportsBetweenRates: true, replacesSlowRates: true, asksByObjective: true },
	/** A single seed tunes. */
	seeds: ({ seeds }) => ({ ...seeds, tuning: 1 }),
	typicalTrials,
	/** On average its trials take as long as those of the middle batch size. */
	typicalSeconds(study, secondsPerStep) {
		const middle = middleSize(study);
		return (typicalTrials(study) / typicalTrialsOfSize(study)) * typicalSecondsOfSize(study, middle, secondsPerStep.get(middle) ?? 0);
	},
	/** It spends its budget, or the usual number of trials for a budget of time; each is expected to take as long as the earlier ones. */
	outlook(study, finished, _, extensions) {
		const trials = typicalTrials(study) + totalGranted(extensions);
		const spent = finished.reduce((sum, { result }) => sum + result.seconds, 0);
		return { trials, seconds: (Math.max(0, trials - finished.length) * spent) / Math.max(1, finished.length) };
	},
	next: (study, finished, given = nothing) => replayed(study, finished, given).missing,
	answers(study, finished, given = nothing) {
		return replayed(study, finished, given).places.map(({ place }, i) => answerOf(study, study.batchSizes[i], place));
	},
	comparisonAnswers: () => [],
};
