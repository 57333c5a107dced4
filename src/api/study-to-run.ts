import type { Backend } from "../core/backend.js";
import { canonicalJson, type Json } from "../core/canonical.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { studyHash } from "../study/resolve.js";
import { isNetwork, type Study } from "../study/study.js";
import { version } from "./version.js";

/** The stored study with the same hash and backend, complete or not, as it is asked for now; else (or with `fresh`) a new one. */
export function studyToRun(store: Store, study: Study, fresh: boolean, backend: Backend): StoredStudy {
	const hash = studyHash(study);
	const applied = isNetwork(study) ? backend : "wasm"; // nothing else multiplies matrices
	const found = fresh ? undefined : store.findByHash(hash, applied);
	if (!found) return store.create(study, hash, version, applied);
	return asAskedFor(store, found, study);
}

/** `found`, whose hash is that of `study`, with what may differ all the same, since it changes no trial: the name, how the answer is chosen, where files lie. */
export const asAskedFor = (store: Store, found: StoredStudy, study: Study): StoredStudy =>
	canonicalJson(found.study as unknown as Json) === canonicalJson(study as unknown as Json) ? found : store.restate(found.id, study);
