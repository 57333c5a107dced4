import type { HalfOctave } from "../../core/rates.js";
import type { TrialResult } from "../../core/trial.js";
import { middleSize } from "../middle-size.js";
import { nearestTo } from "../nearest-size.js";
import type { SizeReason } from "../reason.js";
import { challenge } from "../search/challenge.js";
import { type Rounds, whileItFits } from "../search/rounds.js";
import { runsOf } from "../search/runs.js";
import { sameStepAt, settingsOf } from "../search/settings.js";
import { searchSpace } from "../search/space.js";
import type { Leader } from "../search/trend.js";
import type { Study } from "../study.js";
import { type Board, reportedPlaces } from "./place.js";
import { firstBlock, report } from "./reporting.js";
import { apart, noiseScaleAlong } from "./sizes.js";
import { outOfRoom, placeOf } from "./tuning.js";
import { valley } from "./valley.js";

/**
 * The share of its limit that a run may take while nothing is known: a bad rate then doesn't cost a whole run, and a good one usually
 * reaches the goal.
 */
const firstShare = 1 / 16;

/** What the search at the first batch size shows. */
export interface Opening {
	readonly batchSize: number;
	/** B_simple along the runs that reached the goal; null where it is not known. */
	readonly noiseScale: number | null;
}

/**
 * The first batch size at which a rate reaches the goal, found without any hint, with its first reporting runs: the size nearest to √N, or
 * the next ones outwards. It tries three rates a quarter of the range apart, then both sides of the best, closer each time. The gradient's
 * noise is probed in all these runs. Null if no size has such a rate; sizes in between are assumed to have none either.
 */
export function* opening(study: Study, board: Board): Rounds<Opening | null> {
	for (const [place, batchSize] of outwards(study).entries()) {
		if (board.has(batchSize)) continue; // larger than one that doesn't fit into memory
		const reached: TrialResult[] = [];
		const tuning = seen(tuneFromNothing(study, batchSize, place === 0 ? "middle" : "outwards"), (result) => {
			if (result.reached) reached.push(result);
		});
		const tuned = yield* whileItFits(tuning);
		if (tuned === "out of memory") {
			outOfRoom(study, board, batchSize);
			continue;
		}
		board.set(batchSize, placeOf(batchSize, tuned));
		if (!tuned) continue;
		yield* report(study, board, [batchSize], firstBlock, "reporting");
		if (reportedPlaces(board).length > 0) {
			return { batchSize, noiseScale: noiseScaleAlong(reached, study.data.train || Number.POSITIVE_INFINITY) };
		}
	}
	for (const batchSize of study.batchSizes) if (!board.has(batchSize)) board.set(batchSize, placeOf(batchSize, null));
	return null;
}

/** The middle size, then those 4, 16, … times larger and smaller. */
function outwards({ batchSizes, data }: Study): readonly number[] {
	const middle = middleSize({ batchSizes, data });
	const order = [middle];
	for (let factor = apart; factor < batchSizes[batchSizes.length - 1] * apart; factor *= apart) {
		order.push(nearestTo(middle * factor, batchSizes), nearestTo(middle / factor, batchSizes));
	}
	return [...new Set(order)];
}

/** The first setting's best rate; then every other setting is given the chance to beat it, as in the whole design, but on one seed. */
function* tuneFromNothing(study: Study, batchSize: number, size: SizeReason): Rounds<Leader | null> {
	const purpose = { kind: "tuning", size } as const;
	const space = searchSpace(study, batchSize);
	const span = space.to - space.from;
	const [first, ...others] = settingsOf(study);
	const found = yield* valley(runsOf(study, batchSize, first, purpose, { probe: true }), space, {
		rates: [1, 2, 3].map((quarter): HalfOctave => space.from + Math.round((quarter * span) / 4)),
		why: () => "spread",
		strides: [...new Set([Math.max(2, Math.round(span / 8)), 2])],
		cap: space.lookAt(Math.max(1, firstShare * space.limit)),
	});
	let best: Leader | null = found && { ...found, setting: first };
	for (const setting of best ? others : []) {
		if (!best) break;
		const single = { ...study, seeds: { ...study.seeds, tuning: 1 } };
		const runs = runsOf(single, batchSize, setting, purpose, { probe: true });
		const { won } = yield* challenge(runs, space, sameStepAt(study, best, setting), best.steps, () => {});
		if (won) best = { ...won, setting };
	}
	return best;
}

/** Passes every result of a part to `see`, and changes nothing. */
function* seen<T>(part: Rounds<T>, see: (result: TrialResult) => void): Rounds<T> {
	let step = part.next([]);
	while (!step.done) {
		const results: readonly TrialResult[] = yield step.value;
		for (const result of results) see(result);
		step = part.next(results);
	}
	return step.value;
}
