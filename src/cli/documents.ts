import { schemaVersion } from "../api/answer-document.js";
import type { StoredStudy } from "../study/contracts.js";
import type { Plan } from "../study/plan.js";

/** What `studies --json` prints. */
export const studiesDocument = (studies: readonly StoredStudy[]) => ({
	schemaVersion,
	studies: studies.map(({ id, study, hash, state, created, seconds, trials, digest, version }) => ({
		id,
		name: study.name,
		state,
		created,
		seconds,
		trials,
		seed: study.seed,
		hash,
		digest,
		version,
	})),
});

/** What `plan --json` prints. */
export const planDocument = ({ examples, rows, trials, trialsAtMost, seconds }: Plan) => ({
	schemaVersion,
	examples,
	batchSizes: rows,
	trials,
	trialsAtMost,
	seconds,
});
