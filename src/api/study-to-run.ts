import { canonicalJson, type Json } from "../core/canonical.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { studyHash } from "../study/resolve.js";
import type { Study } from "../study/study.js";
import { version } from "./version.js";

/** The stored study with the same hash, complete or not, as it is asked for now; else (or with `fresh`) a new one. */
export function studyToRun(store: Store, study: Study, fresh: boolean): StoredStudy {
	const hash = studyHash(study);
	const found = fresh ? undefined : store.findByHash(hash);
	if (!found) return store.create(study, hash, version);
	return asAskedFor(store, found, study);
}

/** `found`, whose hash is that of `study`, with what may differ all the same, since it changes no trial: the name, how the answer is chosen, where files lie. */
export const asAskedFor = (store: Store, found: StoredStudy, study: Study): StoredStudy =>
	canonicalJson(found.study as unknown as Json) === canonicalJson(study as unknown as Json) ? found : store.restate(found.id, study);
