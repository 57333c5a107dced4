import { nearestTo } from "../nearest-size.js";
import type { SizeReason } from "../reason.js";
import { type Rounds, whileItFits } from "../search/rounds.js";
import { runsOf } from "../search/runs.js";
import { searchSpace } from "../search/space.js";
import { doublings, slopeOf } from "../search/trend.js";
import type { Study } from "../study.js";
import { type Board, type Place, tunedPlaces } from "./place.js";
import { valley, worthSeeing } from "./valley.js";

/** An octave, in half octaves. */
const octave = 2;

/**
 * Half octaves by which the best rate rises with every doubling of the batch size: 1 is the square-root rule, 2 the linear one, and single
 * winners show more only by chance.
 */
const slopes = { least: 0, guess: 1.5, most: 2 } as const;

/**
 * The learning rate of a further batch size, from single runs at the expected rate and an octave to either side. The expected rate is that
 * of the nearest size (in ratio) that has one, moved along the slope over all sizes. A smaller size is expected to take no more examples,
 * and a larger one no more steps.
 */
export function* tuneAt(study: Study, board: Board, batchSize: number, size: SizeReason): Rounds<void> {
	const tuned = tunedPlaces(board);
	const nearest = nearestTo(
		batchSize,
		tuned.map((place) => place.batchSize),
	);
	const {
		rate,
		tuned: { setting, steps },
	} = tuned.find((place) => place.batchSize === nearest) ?? tuned[0];
	const slope = tuned.length < 2 ? slopes.guess : Math.min(slopes.most, Math.max(slopes.least, slopeOf(tuned)));
	const space = searchSpace(study, batchSize);
	const moved = rate + Math.round(slope * (doublings(batchSize) - doublings(nearest)));
	const expected = Math.min(space.highest, Math.max(space.lowest, moved));
	const tuning = valley(runsOf(study, batchSize, setting, { kind: "tuning", size }), space, {
		rates: [expected - octave, expected, expected + octave],
		why: (rate) => (rate === expected ? "start" : "next to start"),
		strides: [octave],
		cap: space.lookAt(worthSeeing * steps * Math.max(1, nearest / batchSize)),
	});
	const found = yield* whileItFits(tuning);
	if (found === "out of memory") outOfRoom(study, board, batchSize);
	else board.set(batchSize, placeOf(batchSize, found && { ...found, setting }));
}

/** Marks this size and all larger ones as not fitting into memory. */
export function outOfRoom({ batchSizes }: Study, board: Board, batchSize: number): void {
	for (const size of batchSizes) if (size >= batchSize) board.set(size, { ...placeOf(size, null), tooLarge: true });
}

/** A place that was just tuned. */
export const placeOf = (batchSize: number, tuned: Place["tuned"]): Place => ({
	batchSize,
	tuned,
	tooLarge: false,
	rate: tuned?.rate ?? 0,
	reported: [],
	replaced: [],
	confirmed: false,
});
