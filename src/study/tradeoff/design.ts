import type { FinishedTrial } from "../../core/trial.js";
import { comparisonColumns, openComparisons, type RunningComparison } from "../comparisons/columns.js";
import type { Design, Given } from "../contracts.js";
import { trialsBudget } from "../extension.js";
import type { Study } from "../study.js";
import { withinBudget } from "./budget.js";
import { type Column, openAnswer } from "./column-replay.js";
import { columns, resultsOf } from "./columns.js";
import { extend } from "./extend.js";
import type { Results } from "./rounds.js";

const nothing: Given = { extensions: [], calibration: null };

/**
 * The tradeoff study: at every batch size the tuned learning rate, and steps-to-target with it on fresh seeds.
 *
 * A batch size is a column, and columns run side by side. A column's search starts from the trend of the rates that won at smaller
 * sizes, so it waits for the next smaller size's tuning (not for its selecting and reporting): a search with a good start costs a fraction of one
 * without. Small sizes come first since they need the fewest examples. Reporting runs granted later (extensions) follow a column that is done, and
 * nothing waits for them; nor for the comparisons at equal budgets, which come when all columns are done.
 */
export const tradeoffDesign: Design = {
	next(study, finished, given = nothing) {
		const { begun, results } = begunOf(study, finished);
		const open = withinBudget(
			[...begun, ...(comparisons(study, begun, given, results) ?? [])],
			trialsBudget(study.budget.trials, given.extensions),
		);
		return [
			...open.flatMap((column) => column.open?.missing ?? []),
			...begun.flatMap(({ answer }) => extend(study, answer, given.extensions, results).missing),
		];
	},
	answers(study, finished, { extensions } = nothing) {
		const { begun, results } = begunOf(study, finished);
		return study.batchSizes.map((batchSize, i) =>
			begun[i] ? extend(study, begun[i].answer, extensions, results).answer : openAnswer(batchSize, null),
		);
	},
	comparisonAnswers(study, finished, given = nothing) {
		const { begun, results } = begunOf(study, finished);
		return comparisons(study, begun, given, results)?.map(({ answer }) => answer) ?? openComparisons(study, given.calibration);
	},
};

function begunOf(study: Study, finished: readonly FinishedTrial[]): { readonly begun: readonly Column[]; readonly results: Results } {
	return { begun: columns(study, finished), results: resultsOf(study, finished) };
}

/** Null while the tradeoff has trials to come. */
function comparisons(
	study: Study,
	begun: readonly Column[],
	{ calibration }: Given,
	results: Results,
): readonly RunningComparison[] | null {
	if (begun.length < study.batchSizes.length || begun.some(({ open }) => open)) return null;
	const rounds = Math.max(...begun.map((column) => column.begunAfter + column.rounds.length));
	return comparisonColumns(
		study,
		begun.map(({ answer }) => answer),
		rounds,
		calibration,
		results,
	);
}
