import type { Calibration } from "../../core/calibration.js";
import type { ColumnAnswer } from "../../core/column.js";
import { type ComparisonAnswer, comparisonNames } from "../../core/comparisons.js";
import { type HalfOctave, halfOctaveAbove, halfOctaveBelow } from "../../core/rates.js";
import { settingOf } from "../../core/setting.js";
import type { Study } from "../study.js";
import type { Column } from "../tradeoff/column-replay.js";
import { Replaying, type Results } from "../tradeoff/rounds.js";
import { settingsOf } from "../tradeoff/settings.js";
import { stepsWithin } from "./amounts.js";
import { type ComparisonColumn, compare } from "./column.js";

/** A batch size under a budget, as far as the stored results carry it. */
export type RunningComparison = Pick<Column, "begunAfter" | "rounds" | "open"> & { readonly answer: ComparisonAnswer };

/** The last replay on each map of results, which only ever grows. Another calibration buys other steps, and so begins anew. */
const memos = new WeakMap<
	Results,
	{
		readonly calibration: Calibration | null;
		readonly columns: readonly { readonly column: ComparisonColumn; readonly replaying: Replaying<ComparisonAnswer> }[];
	}
>();

/**
 * Every budget at every batch size, all side by side. They begin when the tradeoff is done, after `begunAfter` rounds of it, each at the rate and setting that the
 * tradeoff found for its size or the nearest that has one: the best for a goal and the best for a budget differ little.
 */
export function comparisonColumns(
	study: Study,
	tradeoff: readonly ColumnAnswer[],
	begunAfter: number,
	calibration: Calibration | null,
	results: Results,
): readonly RunningComparison[] {
	let memo = memos.get(results);
	if (!memo || memo.calibration !== calibration) {
		const tooLarge = new Set(tradeoff.flatMap(({ state, batchSize }) => (state === "out of memory" ? [batchSize] : [])));
		const fitting = wanted(study, calibration).filter(({ batchSize }) => !tooLarge.has(batchSize));
		const columns = fitting.map((wantedColumn) => {
			const nearest = nearestReached(tradeoff, wantedColumn.batchSize);
			const column = { ...wantedColumn, ...(nearest ? settingOf(nearest) : settingsOf(study)[0]) };
			return { column, replaying: new Replaying(compare(study, column, startRate(study, nearest))) };
		});
		memo = { calibration, columns };
		memos.set(results, memo);
	}
	return memo.columns.map(({ column, replaying }) => {
		const replayed = replaying.on(results);
		const { rounds } = replayed;
		return replayed.done
			? { begunAfter, rounds, open: null, answer: replayed.value }
			: { begunAfter, rounds, open: replayed, answer: openComparison(column) };
	});
}

/** What every budget and size is before its first trial. */
export const openComparisons = (study: Study, calibration: Calibration | null): readonly ComparisonAnswer[] =>
	wanted(study, calibration).map(openComparison);

const openComparison = (column: ComparisonColumn): ComparisonAnswer => ({ ...column, state: "open", learningRate: null, atEdge: false });

/** A budget of seconds waits for the calibration. */
function wanted(study: Study, calibration: Calibration | null): readonly ComparisonColumn[] {
	const { comparisons, batchSizes } = study;
	if (!comparisons) return [];
	return comparisonNames.flatMap((comparison) =>
		batchSizes.flatMap((batchSize) => {
			const steps = stepsWithin(study, comparisons, comparison, batchSize, calibration);
			return steps === null ? [] : [{ comparison, batchSize, steps }];
		}),
	);
}

/** The tradeoff's answer at this batch size, or at the nearest that has one. */
function nearestReached(tradeoff: readonly ColumnAnswer[], batchSize: number): ColumnAnswer | undefined {
	const away = (answer: ColumnAnswer) => Math.max(answer.batchSize / batchSize, batchSize / answer.batchSize);
	return tradeoff.filter(({ learningRate }) => learningRate !== null).sort((a, b) => away(a) - away(b))[0];
}

function startRate(study: Study, nearest: ColumnAnswer | undefined): HalfOctave {
	if (nearest?.learningRate) return halfOctaveAbove(nearest.learningRate);
	const { from, to } = study.tune.learningRate;
	return Math.floor((halfOctaveBelow(from) + halfOctaveAbove(to)) / 2);
}
