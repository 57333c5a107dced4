import type { Calibration } from "../../core/calibration.js";
import { type FinishedTrial, type TrialSpec, trialKey } from "../../core/trial.js";
import type { Design, Given } from "../contracts.js";
import { reportingWanted, trialsBudget } from "../extension.js";
import type { Study } from "../study.js";
import { resultsOf } from "../tradeoff/columns.js";
import { type Replay, Replaying, type Results } from "../tradeoff/rounds.js";
import { course } from "./course.js";
import { answerOf, type Board, type Place, stepsOf } from "./place.js";
import { specsAt } from "./reporting.js";

const nothing: Given = { extensions: [], calibration: null };

/** A study's replay, which goes on where the results are those of last time and some more (then their map is the same), and the calibration is too. */
interface Memo {
	readonly results: Results;
	readonly calibration: Calibration | null;
	readonly replaying: Replaying<void>;
	readonly board: Board;
}

const memos = new WeakMap<Study, Memo>();

/** How far the course goes, and what is known of every batch size by then: the reporting runs it was granted beyond among that. */
function replayed(study: Study, finished: readonly FinishedTrial[], { extensions, calibration }: Given) {
	const results = resultsOf(study, finished);
	let memo = memos.get(study);
	if (memo?.results !== results || memo.calibration !== calibration) {
		const board: Board = new Map();
		memo = { results, calibration, board, replaying: new Replaying(course(study, calibration, board)) };
		memos.set(study, memo);
	}
	const replay: Replay<void> = memo.replaying.on(results);
	const places = study.batchSizes.map((size) => granted(study, memo.board.get(size), extensions, results));
	return { replay, places };
}

/** A place with all the reporting runs that it was granted, once all of them are in (of a part the short runs come first); and those that are not. */
function granted(
	study: Study,
	place: Place | undefined,
	extensions: Given["extensions"],
	results: Results,
): { readonly place: Place | undefined; readonly missing: readonly TrialSpec[] } {
	if (!place?.tuned || stepsOf(place) === null) return { place, missing: [] };
	const specs = specsAt(study, place, reportingWanted(place.reported.length, extensions, place.batchSize));
	const reported = specs.flatMap((spec) => results.get(trialKey(spec)) ?? []);
	if (reported.length < specs.length) return { place, missing: specs.filter((spec) => !results.has(trialKey(spec))) };
	return { place: { ...place, reported }, missing: [] };
}

/**
 * The design for a budget that the whole design is too large for. Unlike there, one batch size waits for another: what to run next is decided on all that is known. The first round that the rest of the
 * budget can't pay for whole ends the study. Reporting runs granted later (extensions) follow what is reported then.
 */
export const frugalDesign: Design = {
	next(study, finished, given = nothing) {
		const { replay, places } = replayed(study, finished, given);
		const budget = trialsBudget(study.budget.trials, given.extensions) ?? Number.POSITIVE_INFINITY;
		const spent = replay.rounds.reduce((sum, trials) => sum + trials, 0);
		if (!replay.done && spent + replay.round.length <= budget) return replay.missing;
		return places.flatMap(({ missing }) => missing);
	},
	answers(study, finished, given = nothing) {
		return replayed(study, finished, given).places.map(({ place }, i) => answerOf(study, study.batchSizes[i], place));
	},
	budgetAnswers: () => [],
};
