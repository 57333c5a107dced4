import { SeedWatch } from "../search/seed-watch.js";
import type { Study } from "../study.js";
import type { Board, Place } from "./place.js";

/** What the reporting runs so far show about seeds: all other runs here use a single one. */
export function seedWatchOf(study: Study, board: Board): SeedWatch {
	const seedWatch = new SeedWatch(study);
	for (const { batchSize, rate, reported } of board.values()) seedWatch.see(`${batchSize}/${rate}`, reported);
	return seedWatch;
}

/** The informative reporting runs: only the first, if all seeds give equal results. */
export const telling = (seedWatch: SeedWatch, { reported }: Place): Place["reported"] =>
	seedWatch.areAlike ? reported.slice(0, 1) : reported;
