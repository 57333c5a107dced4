import type { Calibration } from "../../core/calibration.js";
import { log } from "../../core/numerics.js";
import { rateAt } from "../../core/rates.js";
import { Rng } from "../../core/rng.js";
import { mostReportingRuns, trialsToTry } from "../decide.js";
import { nearestTo } from "../nearest-size.js";
import type { Reason } from "../reason.js";
import { ranking } from "../search/ranking.js";
import type { Rounds } from "../search/rounds.js";
import { runsOf } from "../search/runs.js";
import { searchSpace } from "../search/space.js";
import type { Study } from "../study.js";
import { type Doubt, doubtOf, type Gain } from "./doubt.js";
import { opening } from "./opening.js";
import { type Board, type Place, reportedPlaces } from "./place.js";
import { pricesOf } from "./prices.js";
import { firstBlock, report, reportAt } from "./reporting.js";
import { seedWatchOf, telling } from "./seeds.js";
import { sideBySide } from "./side-by-side.js";
import { apart, suggestedSizes } from "./sizes.js";
import { tuneAt } from "./tuning.js";

/** Reporting runs that a batch size is given at a time later on. */
const runsAtATime = 2;

/** A possible gain below this, in natural log of time or examples, is no reason to try another size or to repeat a rival. */
const worthTrying = 0.003;
const worthRepeating = 0.0005;

/** The share of draws in which the best sizes must be within the tolerance before the design ends by itself. */
const decidedShare = 0.99;

/**
 * The frugal design as a sequence: a first size, found without any hint; the sizes that the noise scale suggests; then, round after round,
 * whatever is most useful to know. It ignores the budget, which ends it at any point, so that a larger budget continues where a smaller one
 * ended. If all seeds give equal results, only new sizes are tried: a second run of a size would show nothing.
 */
export function* course(study: Study, calibration: Calibration | null, board: Board): Rounds<void> {
	const opened = yield* opening(study, board);
	if (!opened) return;
	const suggested = suggestedSizes(study, opened.batchSize, opened.noiseScale).filter((size) => !board.get(size)?.tooLarge);
	const why = opened.noiseScale === null ? "side" : "suggested";
	yield* sideBySide(suggested.map((size) => tuneAt(study, board, size, why)));
	yield* report(study, board, suggested, firstBlock, "reporting");
	const prices = pricesOf(study, calibration);
	const sizes = study.batchSizes.map((batchSize, i) => ({ batchSize, prices: prices.map((price) => price[i]) }));
	for (let round = 0; ; round++) {
		const reported = reportedPlaces(board);
		if (reported.length === 0) return;
		const possible = sizes.filter(({ batchSize }) => board.get(batchSize)?.tuned !== null);
		const seedWatch = seedWatchOf(study, board);
		const seen = reported.map((place) => logStepsOf({ ...place, reported: telling(seedWatch, place) }));
		const doubt = doubtOf(possible, seen, study.tolerance, Rng.fromSeed(study.seed).split("frugal").split(round));
		const fewest = Math.min(...doubt.best.map((size) => countAt(board, size)));
		if (seedWatch.areAlike) {
			const next = worthTryingOf(doubt);
			if (next === null) return;
			yield* tryOut(study, board, next);
		} else if (fewest < study.seeds.reporting || (doubt.within < decidedShare && fewest < mostReportingRuns)) {
			yield* mostWorth(study, board, doubt);
		} else {
			const unconfirmed = doubt.best.find((size) => board.get(size)?.confirmed === false);
			if (unconfirmed === undefined) return;
			yield* confirm(study, board, unconfirmed);
		}
	}
}

/** The next size, or the next runs of two sizes. */
function* mostWorth(study: Study, board: Board, doubt: Doubt): Rounds<void> {
	const { gains, best } = doubt;
	const perTrial = ({ tried, gain }: Gain) => gain / (tried ? 2 * runsAtATime : trialsToTry);
	const top = gains.reduce((a, b) => (perTrial(b) > perTrial(a) ? b : a));
	if (!top.tried && top.gain > worthTrying) return yield* tryOut(study, board, nextTowards(top.batchSize, gains));
	const least = best.reduce((a, b) => (countAt(board, b) < countAt(board, a) ? b : a));
	const rivals = gains.filter(({ tried, batchSize, gain }) => tried && batchSize !== least && gain > worthRepeating);
	const rival = rivals.sort((a, b) => b.gain - a.gain)[0];
	yield* report(study, board, rival ? [least, rival.batchSize] : [least], runsAtATime, "doubt");
}

/** The size to try next if further runs of the tried sizes show nothing; null if none is worth it. */
function worthTryingOf({ gains }: Doubt): number | null {
	const open = gains.filter(({ tried, gain }) => !tried && gain > worthTrying);
	if (open.length === 0) return null;
	return nextTowards(open.reduce((a, b) => (b.gain > a.gain ? b : a)).batchSize, gains);
}

function* tryOut(study: Study, board: Board, batchSize: number): Rounds<void> {
	yield* tuneAt(study, board, batchSize, "promising");
	yield* report(study, board, [batchSize], firstBlock, "reporting");
}

/**
 * The size itself, or a size on the way to it, at most a factor of 4 beyond those that were tried: they predict little about sizes further
 * out.
 */
function nextTowards(batchSize: number, gains: readonly Gain[]): number {
	const tried = gains.filter((size) => size.tried).map((size) => size.batchSize);
	const open = gains.filter((size) => !size.tried).map((size) => size.batchSize);
	return nearestTo(Math.min(Math.max(batchSize, Math.min(...tried) / apart), Math.max(...tried) * apart), open);
}

/**
 * Compares the rate with its neighbours on selecting seeds, as the whole design does. A neighbour that beats it replaces it once it has a
 * whole block of reporting runs.
 */
function* confirm(study: Study, board: Board, batchSize: number): Rounds<void> {
	const place = board.get(batchSize);
	if (!place?.tuned) return;
	const { setting, steps } = place.tuned;
	const [rate] = yield* ranking(runsOf(study, batchSize, setting, { kind: "selecting" }), searchSpace(study, batchSize), {
		rate: place.rate,
		steps,
	});
	const why: Reason = { kind: "confirmed", of: rateAt(place.rate) };
	const other = rate === place.rate ? place : yield* reportAt(study, { ...place, rate, reported: [] }, study.seeds.reporting, why);
	board.set(batchSize, { ...(other.tuned === null ? place : other), confirmed: true });
}

const countAt = (board: Board, batchSize: number): number => board.get(batchSize)?.reported.length ?? 0;

/** A run that missed the goal counts as twice as long as it was, and no shorter than twice the tuning run. */
const logStepsOf = ({ batchSize, reported, tuned }: Place) => ({
	batchSize,
	logSteps: reported.map(({ reached, steps }) => log(reached?.step ?? 2 * Math.max(steps, tuned?.steps ?? 1))),
});
