import { schemaVersion } from "../api/answer-document.js";
import type { ListedStudy } from "../page/studies-page.js";
import type { NumberedTrial } from "../page/trials-page.js";

/** What `/studies.json` shows. */
export const studiesJson = (listed: readonly ListedStudy[]) => ({
	schemaVersion,
	studies: listed.map(({ stored: { id, study, state, created, seconds, trials, hash, digest, version }, summary, progress }) => ({
		...{ id, name: study.name, state, created, seconds, trials, seed: study.seed, hash, digest, version },
		progress: progress && { done: progress.done, expected: progress.expected, secondsLeft: progress.secondsLeft },
		/** Null: not computed yet. */
		answer: summary && {
			fromTrials: summary.trials,
			verdict: summary.verdict,
			batchSize: summary.recommended,
			trainings: summary.trainings,
			text: summary.answer,
		},
	})),
});

/** Trials of one document. */
const mostTrials = 1000;

/** What `/studies/ID/trials.json` shows: trials in the order in which they ended, without their looks (`sweetspot export ID` has those). */
export const trialsJson = (study: string, trials: readonly NumberedTrial[], from: number) => ({
	schemaVersion,
	study,
	total: trials.length,
	from,
	/** Where the next document begins; null: this is the last one. */
	next: from + mostTrials < trials.length ? from + mostTrials : null,
	trials: trials.slice(from, from + mostTrials).map(({ number, spec, result }) => {
		const { outcome, steps, examples, first, reached, seconds, machine = null, message } = result;
		return { number, spec, result: { outcome, steps, examples, first, reached, seconds, machine, message } };
	}),
});
