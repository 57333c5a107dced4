import { ledgerOf } from "../api/experiment-documents.js";
import { experimentNamed } from "../api/run-experiment.js";
import type { LedgerEntry } from "../experiments/claims/ledger.js";
import { type Part, part } from "../page/part.js";
import { experimentSections } from "../report/experiment-html.js";
import { conclusionOf } from "../runner/run-experiment.js";
import { FollowedStore } from "./followed-store.js";
import { lowerPriority } from "./low-priority.js";

/** What is asked of this thread: the sections of a complete run, or (null) the ledger of the whole store. */
export interface Conclude {
	readonly folder: string;
	readonly run: number | null;
	/** Whether its priority is lower, so that training goes first. */
	readonly isLow: boolean;
}

const stores = new Map<string, FollowedStore>();

/**
 * Computes what experiments found, in its own thread, since all their figures, intervals and charts take seconds. Null: the run is gone.
 */
export default function conclude({ folder, run, isLow }: Conclude): Part | readonly LedgerEntry[] | null {
	if (isLow) lowerPriority();
	const followed = stores.get(folder) ?? new FollowedStore(folder);
	stores.set(folder, followed);
	const runs = followed.now()?.experiments ?? null;
	if (run === null) return ledgerOf(runs);
	const found = runs?.list().find(({ key }) => key === run);
	if (!runs || found?.state !== "complete") return null;
	const experiment = experimentNamed(found.experiment);
	const command = `sweetspot experiment run ${experiment.id}`;
	return part("found", experimentSections({ experiment, run: found, conclusion: conclusionOf(experiment, found, runs), command }));
}
