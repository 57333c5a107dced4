import { type Backend, bitsOf } from "../core/backend.js";
import { canonicalJson } from "../core/canonical.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { studyHash } from "../study/resolve.js";
import type { Study } from "../study/study.js";
import { traitsOf } from "../study/workloads/table.js";
import { type TakenOver, takeOver } from "./take-over.js";
import { version } from "./version.js";

/** A study as it is stored, and what it has of another's trials. */
interface StudyToRun {
	readonly stored: StoredStudy;
	readonly taken: TakenOver | null;
}

/**
 * The stored study with the same hash and bits, complete or not, as it is asked for now; else a new one, with the trials of one that asks
 * the same under another budget. With `fresh` a new one without any.
 */
export function studyToRun(store: Store, study: Study, fresh: boolean, backend: Backend): StudyToRun {
	const hash = studyHash(study);
	const applied = traitsOf(study.workload).hasBackend ? bitsOf(backend) : "wasm"; // nothing else multiplies matrices
	const found = fresh ? undefined : store.findByHash(hash, applied);
	if (found) return { stored: asAskedFor(store, found, study), taken: null };
	const created = store.create(study, hash, version, applied);
	const taken = fresh ? null : takeOver(store, created);
	return { stored: taken ? store.find(created.id) : created, taken };
}

/**
 * `found`, whose hash is that of `study`, with what may differ all the same, since it changes no trial: the name, how the answer is chosen,
 * where files lie.
 */
export const asAskedFor = (store: Store, found: StoredStudy, study: Study): StoredStudy =>
	canonicalJson(found.study) === canonicalJson(study) ? found : store.restate(found.id, study);
