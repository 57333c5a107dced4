import { SeedWatch } from "../search/seed-watch.js";
import type { Study } from "../study.js";
import type { Board, Place } from "./place.js";

/** What the reporting runs so far show of seeds: all else here runs a single one. */
export function seedWatchOf(study: Study, board: Board): SeedWatch {
	const seedWatch = new SeedWatch(study);
	for (const { batchSize, rate, reported } of board.values()) seedWatch.see(`${batchSize}/${rate}`, reported);
	return seedWatch;
}

/** Reporting runs that say more than one does: where different seeds give equal results, the first. */
export const telling = (seedWatch: SeedWatch, { reported }: Place): Place["reported"] =>
	seedWatch.areAlike ? reported.slice(0, 1) : reported;
