import type { ColumnAnswer } from "../../core/column.js";
import { comparisonOfPhase, type FinishedTrial, type TradeoffPhase } from "../../core/trial.js";
import type { Outlook } from "../contracts.js";
import { type Extension, reportingWanted, totalGranted } from "../extension.js";
import type { ToCome } from "../search/following.js";
import type { Study } from "../study.js";
import { typicalTrials } from "../typical-trials.js";

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
 * What to expect of a tradeoff study: the needs of each batch size are estimated from what the more advanced ones took. `following`: what
 * comes when all batch sizes are answered.
 */
export function outlookOf(
	study: Study,
	finished: readonly FinishedTrial[],
	answers: readonly ColumnAnswer[],
	extensions: readonly Extension[],
	following: ToCome,
): Outlook {
	const tallies = talliesOf(finished, answers);
	const usual = { ...typicalTrials(study) };
	for (const phase of phases) {
		// The first column's search has no start and takes several times as many trials, so it is no guide to the others.
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
	expected += following.done + following.toCome;
	seconds += following.seconds;
	const most = (study.budget.trials ?? Number.POSITIVE_INFINITY) + totalGranted(extensions);
	const share = Math.max(0, Math.min(1, (most - finished.length) / Math.max(1, expected - finished.length)));
	return { trials: Math.min(most, Math.round(expected)), seconds: share * seconds };
}

const isTradeoff = (phase: FinishedTrial["spec"]["phase"]): phase is TradeoffPhase =>
	comparisonOfPhase(phase) === null && phase !== "baseline";

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

/**
 * Mean seconds of a trial of this phase at the nearest batch size that has one (of equally near ones the smaller); of any phase if there is
 * none.
 */
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
