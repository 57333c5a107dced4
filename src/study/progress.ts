import type { ColumnAnswer } from "../core/column.js";
import { comparisonNames } from "../core/comparisons.js";
import { columnKey, comparisonOfPhase, type FinishedTrial, type Phase, type TradeoffPhase } from "../core/trial.js";
import { type Extension, reportingWanted, totalGranted } from "./extension.js";
import { isFrugal, typicalFrugal } from "./frugal/frugal.js";
import type { Study } from "./study.js";
import { typicalComparison, typicalTrials } from "./typical-trials.js";

/** How far a study is. */
export interface Progress {
	/** Trials finished (those of earlier sessions among them). */
	readonly done: number;
	/** Trials to expect in all: those that are certain plus what columns as yet unsearched have cost elsewhere. Never below `done`. */
	readonly expected: number;
	/** Seconds until the end, from the trials so far; null while there is nothing to judge by. */
	readonly secondsLeft: number | null;
	/** What is known of each batch size, ascending; `steps` is its best median steps-to-target so far. */
	readonly answers: readonly ColumnAnswer[];
}

const phases = ["tuning", "selecting", "reporting"] as const satisfies readonly TradeoffPhase[];

/** Trials and seconds of one phase at one batch size. */
interface Tally {
	trials: number;
	seconds: number;
}

/** One batch size of the tradeoff. */
interface ColumnTally extends Record<TradeoffPhase, Tally> {
	/** The answer's rate, and how many reporting runs it has. */
	readonly learningRate: number | null;
	reported: number;
}

/**
 * How far a study is: what each batch size still needs is judged by what those that are further took. The estimate is only that; it is revised as columns
 * end, and never falls below what is done.
 */
export function progressOf(
	study: Study,
	finished: readonly FinishedTrial[],
	answers: readonly ColumnAnswer[],
	extensions: readonly Extension[],
	slots: number,
): Progress {
	if (isFrugal(study)) return frugalProgress(study, finished, answers, extensions, slots);
	const tallies = talliesOf(finished, answers);
	const usual = { ...typicalTrials(study) };
	for (const phase of phases) {
		// The first column's search is blind and takes several times the trials of one with a start: no guide to the others.
		const over = tallies.filter((tally, i) => i > 0 && isOver(phase, tally, answers[i])).map((tally) => tally[phase].trials);
		if (over.length > 0) usual[phase] = over.reduce((sum, trials) => sum + trials, 0) / over.length;
	}
	let expected = 0;
	let seconds = 0;
	for (const [i, answer] of answers.entries()) {
		for (const phase of phases) {
			const { trials } = tallies[i][phase];
			const granted =
				phase === "reporting" && answer.state === "reached"
					? reportingWanted(study.seeds.reporting, extensions, answer.batchSize) - tallies[i].reported
					: 0;
			const toCome = isOver(phase, tallies[i], answer) ? granted : Math.max(1, usual[phase] - trials) + granted;
			expected += trials + toCome;
			seconds += toCome * secondsPerTrial(tallies, i, phase);
		}
	}
	const comparisons = comparisonsToCome(study, finished);
	expected += comparisons.done + comparisons.toCome;
	seconds += comparisons.seconds;
	const most = (study.budget.trials ?? Number.POSITIVE_INFINITY) + totalGranted(extensions);
	const share = Math.max(0, Math.min(1, (most - finished.length) / Math.max(1, expected - finished.length)));
	return progressWith(finished.length, Math.min(most, Math.round(expected)), (share * seconds) / slots, answers);
}

/** The same where the run ends in so many seconds, whatever is left: no more trials are expected than that pays for. Null: it ends when it is done. */
export function withinTime(progress: Progress, seconds: number | null): Progress {
	const { done, expected, secondsLeft } = progress;
	if (seconds === null || secondsLeft === null || secondsLeft <= seconds) return progress;
	return { ...progress, expected: done + Math.round((expected - done) * (seconds / secondsLeft)), secondsLeft: seconds };
}

const progressWith = (done: number, expected: number, secondsLeft: number, answers: readonly ColumnAnswer[]): Progress => ({
	done,
	expected: Math.max(done, expected),
	secondsLeft: done === 0 ? null : secondsLeft,
	answers,
});

/** The frugal design spends its budget, or as many trials as it takes as a rule where that is one of time; and each of them as long as those before. */
function frugalProgress(
	study: Study,
	finished: readonly FinishedTrial[],
	answers: readonly ColumnAnswer[],
	extensions: readonly Extension[],
	slots: number,
): Progress {
	const done = finished.length;
	const expected = typicalFrugal(study) + totalGranted(extensions);
	const spent = finished.reduce((sum, { result }) => sum + result.seconds, 0);
	return progressWith(done, expected, (Math.max(0, expected - done) * spent) / Math.max(1, done) / slots, answers);
}

/**
 * The comparisons at equal budgets: how many trials are done and to come, and the seconds those take. What a column needs is judged by those that are
 * complete, and before there is one by what such a search takes: its start, and a challenger at each side a whole and a half octave away.
 */
function comparisonsToCome(study: Study, finished: readonly FinishedTrial[]) {
	if (!study.comparisons) return { done: 0, toCome: 0, seconds: 0 };
	const columns = new Map<string, { trials: number; reporting: number }>();
	const all = { trials: 0, seconds: 0 };
	for (const { spec, result } of finished) {
		if (isTradeoff(spec.phase)) continue;
		const column = columns.get(columnKey(spec)) ?? { trials: 0, reporting: 0 };
		columns.set(columnKey(spec), { trials: column.trials + 1, reporting: column.reporting + (spec.phase.endsWith("reporting") ? 1 : 0) });
		all.trials++;
		all.seconds += result.seconds;
	}
	const { reporting } = study.seeds;
	const complete = [...columns.values()].filter((column) => column.reporting >= reporting);
	const total = comparisonNames.length * study.batchSizes.length;
	const usual = complete.length > 0 ? complete.reduce((sum, { trials }) => sum + trials, 0) / complete.length : typicalComparison(study);
	const begun = all.trials - complete.reduce((sum, { trials }) => sum + trials, 0);
	const open = total - complete.length;
	const toCome = Math.max(open, open * usual - begun);
	const mean =
		all.trials > 0
			? all.seconds / all.trials
			: finished.reduce((sum, { result }) => sum + result.seconds, 0) / Math.max(1, finished.length);
	return { done: all.trials, toCome, seconds: toCome * mean };
}

const isTradeoff = (phase: Phase): phase is TradeoffPhase => comparisonOfPhase(phase) === null;

/** Tallies in the order of the answers. */
function talliesOf(finished: readonly FinishedTrial[], answers: readonly ColumnAnswer[]): readonly ColumnTally[] {
	const nothing = (): Tally => ({ trials: 0, seconds: 0 });
	const tallies = answers.map(({ learningRate }) => ({
		tuning: nothing(),
		selecting: nothing(),
		reporting: nothing(),
		learningRate,
		reported: 0,
	}));
	const bySize = new Map(answers.map(({ batchSize }, i) => [batchSize, tallies[i]]));
	for (const { spec, result } of finished) {
		const { phase } = spec;
		const column = bySize.get(spec.batchSize);
		if (!column || !isTradeoff(phase)) continue;
		column[phase].trials++;
		column[phase].seconds += result.seconds;
		if (phase === "reporting" && spec.learningRate === column.learningRate) column.reported++;
	}
	return tallies;
}

/** A phase is over once the next has begun, and all are once the column is answered. */
function isOver(phase: TradeoffPhase, tally: Record<TradeoffPhase, Tally>, answer: ColumnAnswer): boolean {
	if (answer.state !== "open") return true;
	return phases.slice(phases.indexOf(phase) + 1).some((later) => tally[later].trials > 0);
}

/** Mean seconds of a trial of this phase at the nearest batch size that has one (of equally near ones the smaller); of any phase if there is none. */
function secondsPerTrial(tallies: readonly Record<TradeoffPhase, Tally>[], place: number, phase: TradeoffPhase): number {
	for (const candidates of [[phase], phases]) {
		for (let away = 0; away < tallies.length; away++) {
			for (const tally of [tallies[place - away], tallies[place + away]]) {
				const seen = candidates.find((of) => tally && tally[of].trials > 0);
				if (seen) return tally[seen].seconds / tally[seen].trials;
			}
		}
	}
	return 0;
}
