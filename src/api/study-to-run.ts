import type { Store, StoredStudy } from "../study/contracts.js";
import { studyHash } from "../study/resolve.js";
import type { Study } from "../study/study.js";
import { version } from "./version.js";

/** The stored study with the same hash, complete or not; else (or with `fresh`) a new one. */
export function studyToRun(store: Store, study: Study, fresh: boolean): StoredStudy {
	const hash = studyHash(study);
	const found = fresh ? undefined : store.findByHash(hash);
	if (!found) return store.create(study, hash, version);
	// Equal but for its name, and for the place of its trainer's module, which may have moved since.
	return { ...found, study: { ...found.study, workload: study.workload } };
}
