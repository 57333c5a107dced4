import { SweetspotError } from "../core/errors.js";
import type { FinishedTrial } from "../core/trial.js";
import { digestOf } from "../runner/digest.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { version } from "./version.js";

/** Throws `store/damaged` where the trials of a complete study are not those whose digest was stored. */
export function checkDigest(store: Store, { id, digest, version: of }: StoredStudy, trials: readonly FinishedTrial[]): void {
	if (digest === null || of !== version || digestOf(trials) === digest) return;
	throw new SweetspotError(
		"store/damaged",
		`${store.folder}: the trials of ${id} are not those that its digest was made of`,
		`bring back a copy of the store, or run the study again: \`sweetspot tune STUDY --fresh\``,
	);
}
