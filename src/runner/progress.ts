import type { ColumnAnswer } from "../core/column.js";
import type { FinishedTrial, Phase } from "../core/trial.js";
import { typicalTrials } from "../study/plan.js";
import type { Study } from "../study/study.js";
import type { Progress } from "./events.js";

const phases = ["tuning", "selecting", "reporting"] as const satisfies readonly Phase[];

/** Trials and seconds of one phase at one batch size. */
interface Tally {
	trials: number;
	seconds: number;
}

/**
 * How far a study is: what each batch size still needs is judged by what those that are further took. The estimate is only that; it is revised as columns
 * end, and never falls below what is done.
 */
export function progressOf(study: Study, finished: readonly FinishedTrial[], answers: readonly ColumnAnswer[], slots: number): Progress {
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
			const toCome = isOver(phase, tallies[i], answer) ? 0 : Math.max(1, usual[phase] - trials);
			expected += trials + toCome;
			seconds += toCome * secondsPerTrial(tallies, i, phase);
		}
	}
	return {
		done: finished.length,
		expected: Math.max(finished.length, Math.round(expected)),
		secondsLeft: finished.length === 0 ? null : seconds / slots,
		answers,
		bestSteps: new Map(answers.flatMap(({ batchSize, steps }) => (steps === null ? [] : [[batchSize, steps] as const]))),
	};
}

/** Tallies in the order of the answers. */
function talliesOf(finished: readonly FinishedTrial[], answers: readonly ColumnAnswer[]): readonly Record<Phase, Tally>[] {
	const nothing = (): Tally => ({ trials: 0, seconds: 0 });
	const tallies = answers.map(() => ({ tuning: nothing(), selecting: nothing(), reporting: nothing() }));
	const bySize = new Map(answers.map(({ batchSize }, i) => [batchSize, tallies[i]]));
	for (const { spec, result } of finished) {
		const tally = bySize.get(spec.batchSize)?.[spec.phase];
		if (!tally) continue;
		tally.trials++;
		tally.seconds += result.seconds;
	}
	return tallies;
}

/** A phase is over once the next has begun, and all are once the column is answered. */
function isOver(phase: Phase, tally: Record<Phase, Tally>, answer: ColumnAnswer): boolean {
	if (answer.state !== "open") return true;
	return phases.slice(phases.indexOf(phase) + 1).some((later) => tally[later].trials > 0);
}

/** Mean seconds of a trial of this phase at the nearest batch size that has one (of equally near ones the smaller); of any phase if there is none. */
function secondsPerTrial(tallies: readonly Record<Phase, Tally>[], place: number, phase: Phase): number {
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
