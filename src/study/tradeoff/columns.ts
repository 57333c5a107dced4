import { type FinishedTrial, type TrialResult, trialKey } from "../../core/trial.js";
import type { Study } from "../study.js";
import { type Column, ColumnReplay } from "./column-replay.js";
import { outOfMemory } from "./not-reached.js";
import type { Results } from "./rounds.js";
import type { TunedColumn } from "./trend.js";

/** How far a study was replayed, and on what. */
interface Memo {
	readonly seen: FinishedTrial[];
	readonly results: Map<string, TrialResult>;
	readonly columns: ColumnReplay[];
}

/**
 * The last replay of each study. The design is asked after every trial, and would replay all of them every time; where it is asked with the trials of last
 * time and some more behind them, it goes on from there. What comes out is the same either way: a replay depends on the results alone.
 */
const memos = new WeakMap<Study, Memo>();

function memoOf(study: Study, finished: readonly FinishedTrial[]): Memo {
	let memo = memos.get(study);
	if (!memo || memo.seen.length > finished.length || memo.seen.some((trial, i) => trial !== finished[i])) {
		memo = { seen: [], results: new Map(), columns: [] };
		memos.set(study, memo);
	}
	for (let i = memo.seen.length; i < finished.length; i++) {
		const { spec, result } = finished[i];
		memo.seen.push(finished[i]);
		if (result.outcome !== "cancelled") memo.results.set(trialKey(spec), result);
	}
	return memo;
}

/** Results of these trials. For the same study it is the same map as before, with more in it, as long as the trials are those of last time and some more. */
export const resultsOf = (study: Study, finished: readonly FinishedTrial[]): Results => memoOf(study, finished).results;

/** The columns that have begun, and those above one that doesn't fit into memory, ascending. What was granted beyond them (extensions) is no part of their replay: `extend` reads it from the results. */
export function columns(study: Study, finished: readonly FinishedTrial[]): readonly Column[] {
	const memo = memoOf(study, finished);
	const begun: Column[] = [];
	const tuned: TunedColumn[] = [];
	let begunAfter = 0;
	for (const [i, batchSize] of study.batchSizes.entries()) {
		memo.columns[i] ??= new ColumnReplay(study, batchSize, begunAfter, [...tuned]);
		const { column, tuning } = memo.columns[i].on(memo.results);
		begun.push(column);
		if (!tuning.done) return begun;
		begunAfter += tuning.rounds.length;
		if (tuning.value === "out of memory") return [...begun, ...study.batchSizes.slice(i + 1).map((larger) => untried(larger, begunAfter))];
		if (tuning.value) tuned.push(tuning.value);
	}
	return begun;
}

/** A size above one that doesn't fit into memory. */
const untried = (batchSize: number, begunAfter: number): Column => ({
	batchSize,
	begunAfter,
	rounds: [],
	open: null,
	answer: outOfMemory(batchSize),
});
