import type { ColumnAnswer } from "../../core/column.js";
import { rateAt } from "../../core/rates.js";
import type { FinishedTrial } from "../../core/trial.js";
import type { Study } from "../study.js";
import { select, tune } from "./column.js";
import { type Replay, type Results, replay, resultsOf } from "./rounds.js";
import type { Tuned } from "./search.js";

/** One batch size as far as the stored results carry it. */
export interface Column {
	readonly batchSize: number;
	/** Rounds of the whole study that came before this column could begin. */
	readonly begunAfter: number;
	/** Trials in each of the column's complete rounds. */
	readonly rounds: readonly number[];
	/** The round under way, if any: how many trials it has, and those without a result. */
	readonly open: Pick<Replay<unknown> & { done: false }, "round" | "missing"> | null;
	readonly answer: ColumnAnswer;
}

/** The columns that have begun, ascending. */
export function columns(study: Study, finished: readonly FinishedTrial[]): readonly Column[] {
	const results = resultsOf(finished);
	const begun: Column[] = [];
	let start: Tuned | null = null;
	let begunAfter = 0;
	for (const batchSize of study.batchSizes) {
		let leader: Tuned | null = null;
		const tuning: Replay<Tuned | null> = replay(
			tune(study, batchSize, start, (best) => {
				leader = best;
			}),
			results,
		);
		if (!tuning.done) {
			begun.push({ batchSize, begunAfter, rounds: tuning.rounds, open: tuning, answer: openAnswer(batchSize, leader) });
			return begun;
		}
		begun.push(reportColumn(study, batchSize, begunAfter, tuning, results));
		begunAfter += tuning.rounds.length;
		start = tuning.value;
	}
	return begun;
}

/** A column that is tuned. */
function reportColumn(
	study: Study,
	batchSize: number,
	begunAfter: number,
	tuning: Replay<Tuned | null> & { done: true },
	results: Results,
): Column {
	if (!tuning.value) {
		const answer = { batchSize, state: "not reached", learningRate: null, steps: null, atEdge: false, replaced: [] } as const;
		return { batchSize, begunAfter, rounds: tuning.rounds, open: null, answer };
	}
	const selecting = replay(select(study, batchSize, tuning.value), results);
	return {
		batchSize,
		begunAfter,
		rounds: [...tuning.rounds, ...selecting.rounds],
		open: selecting.done ? null : selecting,
		answer: selecting.done ? selecting.value : openAnswer(batchSize, tuning.value),
	};
}

export const openAnswer = (batchSize: number, leader: Tuned | null): ColumnAnswer => ({
	batchSize,
	state: "open",
	learningRate: leader && rateAt(leader.rate),
	steps: leader?.steps ?? null,
	atEdge: false,
	replaced: [],
});
