import { blankAnswer } from "../../core/column.js";
import type { FinishedTrial } from "../../core/trial.js";
import { Memo } from "../search/memo.js";
import { resultsOf } from "../search/results.js";
import type { Results } from "../search/rounds.js";
import type { TunedColumn } from "../search/trend.js";
import type { Study } from "../study.js";
import { ColumnReplay, type TradeoffColumn } from "./column-replay.js";

/** The replays of a study's columns, each as far as it came, on results that only ever grow. */
const memo = new Memo<Results, ColumnReplay[]>();

/**
 * The columns that have started, and those above one that doesn't fit into memory, ascending. Later grants (extensions) are not part of
 * their replay: `extend` reads them from the results.
 */
export function columns(study: Study, finished: readonly FinishedTrial[]): readonly TradeoffColumn[] {
	const results = resultsOf(study, finished);
	const replays = memo.get(
		results,
		() => true,
		() => [],
	);
	const begun: TradeoffColumn[] = [];
	const tuned: TunedColumn[] = [];
	let begunAfter = 0;
	for (const [i, batchSize] of study.batchSizes.entries()) {
		replays[i] ??= new ColumnReplay(study, batchSize, begunAfter, [...tuned]);
		const { column, tuning } = replays[i].on(results);
		begun.push(column);
		if (!tuning.done) return begun;
		begunAfter += tuning.rounds.length;
		if (tuning.value === "out of memory") return [...begun, ...study.batchSizes.slice(i + 1).map((larger) => untried(larger, begunAfter))];
		if (tuning.value) tuned.push(tuning.value);
	}
	return begun;
}

/** A size above one that doesn't fit into memory. */
const untried = (batchSize: number, begunAfter: number): TradeoffColumn => ({
	batchSize,
	begunAfter,
	rounds: [],
	open: null,
	answer: blankAnswer(batchSize, "out of memory"),
	seedsAreAlike: false,
});
