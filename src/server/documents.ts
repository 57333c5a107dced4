import { schemaVersion } from "../api/answer-document.js";
import type { LedgerEntry } from "../experiments/claims/ledger.js";
import type { ListedExperiment } from "../page/experiments-page.js";
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
			/** Null: it is over, or not known. */
			expectedTrainings: summary.expectedTrainings,
			text: summary.answer,
		},
	})),
});

/** What `/experiments.json` shows. */
export const experimentsJson = (listed: readonly ListedExperiment[], ledger: readonly LedgerEntry[] | null) => ({
	schemaVersion,
	/** `run` is null where it has not run in this store. */
	experiments: listed.map(({ id, question, run }) => ({
		...{ id, question },
		run: run && { state: run.state, done: run.done, expected: run.expected, seconds: run.seconds, created: run.created },
	})),
	/** Null: not put together yet. */
	claims: ledger,
});

/** What `/studies/ID/trials/N.json` shows: one trial with all its looks. */
export const trialJson = (study: string, { number, spec, result }: NumberedTrial) => ({ schemaVersion, study, number, spec, result });

/** Trials of one document. */
const mostTrials = 1000;

/** What `/studies/ID/trials.json` shows: trials in the order in which they ended, without their looks (`trialJson` has those). */
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
