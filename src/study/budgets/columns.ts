import { type BudgetAnswer, budgetNames } from "../../core/budgets.js";
import type { Calibration } from "../../core/calibration.js";
import type { ColumnAnswer } from "../../core/column.js";
import { type HalfOctave, halfOctaveAbove, halfOctaveBelow } from "../../core/rates.js";
import type { Study } from "../study.js";
import type { Column } from "../tradeoff/column-replay.js";
import { Replaying, type Results } from "../tradeoff/rounds.js";
import { stepsWithin } from "./budgets.js";
import { type BudgetColumn, compareAtBudget } from "./column.js";

/** A batch size under a budget, as far as the stored results carry it. */
export type RunningBudget = Pick<Column, "begunAfter" | "rounds" | "open"> & { readonly answer: BudgetAnswer };

/** The last replay on each map of results, which only ever grows. Another calibration buys other steps, and so begins anew. */
const memos = new WeakMap<
	Results,
	{
		readonly calibration: Calibration | null;
		readonly columns: readonly { readonly column: BudgetColumn; readonly replaying: Replaying<BudgetAnswer> }[];
	}
>();

/**
 * Every budget at every batch size, all side by side. They begin when the tradeoff is done, after `begunAfter` rounds of it, each at the rate that the
 * tradeoff found for its size or the nearest that has one: the best for a goal and the best for a budget differ little.
 */
export function budgetColumns(
	study: Study,
	tradeoff: readonly ColumnAnswer[],
	begunAfter: number,
	calibration: Calibration | null,
	results: Results,
): readonly RunningBudget[] {
	let memo = memos.get(results);
	if (!memo || memo.calibration !== calibration) {
		const columns = wanted(study, calibration).map((column) => {
			const part = compareAtBudget(study, column, startRate(study, tradeoff, column.batchSize));
			return { column, replaying: new Replaying(part) };
		});
		memo = { calibration, columns };
		memos.set(results, memo);
	}
	return memo.columns.map(({ column, replaying }) => {
		const replayed = replaying.on(results);
		const { rounds } = replayed;
		return replayed.done
			? { begunAfter, rounds, open: null, answer: replayed.value }
			: { begunAfter, rounds, open: replayed, answer: openBudget(column) };
	});
}

/** What every budget and size is before its first trial. */
export const openBudgets = (study: Study, calibration: Calibration | null): readonly BudgetAnswer[] =>
	wanted(study, calibration).map(openBudget);

const openBudget = (column: BudgetColumn): BudgetAnswer => ({ ...column, state: "open", learningRate: null, atEdge: false });

/** A budget of seconds waits for the calibration. */
function wanted(study: Study, calibration: Calibration | null): readonly BudgetColumn[] {
	const { budgets, batchSizes } = study;
	if (!budgets) return [];
	return budgetNames.flatMap((budget) =>
		batchSizes.flatMap((batchSize) => {
			const steps = stepsWithin(study, budgets, budget, batchSize, calibration);
			return steps === null ? [] : [{ budget, batchSize, steps }];
		}),
	);
}

function startRate(study: Study, tradeoff: readonly ColumnAnswer[], batchSize: number): HalfOctave {
	const away = (answer: ColumnAnswer) => Math.max(answer.batchSize / batchSize, batchSize / answer.batchSize);
	const rates = tradeoff
		.flatMap((answer) => (answer.learningRate === null ? [] : [{ away: away(answer), rate: answer.learningRate }]))
		.sort((a, b) => a.away - b.away);
	if (rates[0]) return halfOctaveAbove(rates[0].rate);
	const { from, to } = study.tune.learningRate;
	return Math.floor((halfOctaveBelow(from) + halfOctaveAbove(to)) / 2);
}
