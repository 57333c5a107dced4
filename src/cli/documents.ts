import { schemaVersion } from "../api/answer-document.js";
import type { StoredStudy } from "../study/contracts.js";
import { firstGuess, usualEnd } from "../study/ladder/limits.js";
import { middleOf, times } from "../study/pace.js";
import type { Plan } from "../study/plan.js";
import type { ScriptPrice } from "../study/script-price.js";

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
export const planDocument = (
	{ examples, rows, trials, trialsAtMost, seconds }: Plan,
	price: ScriptPrice | null = null,
	perHour?: number,
) => ({
	schemaVersion,
	examples,
	batchSizes: rows,
	trials,
	trialsAtMost,
	seconds: price === null ? seconds : middleOf(price.study),
	...(price && {
		price: {
			by: price.by,
			seconds: { ...price.study, atMost: price.studyAtMost },
			secondsPerTrial: { ...price.trial, atMost: price.longestTrial },
			...(perHour !== undefined && {
				cost: { ...times(price.study, perHour / 3600), atMost: (price.studyAtMost * perHour) / 3600 },
			}),
			trainings: { firstGuess, surer: usualEnd },
		},
	}),
});
