import { blankAnswer } from "../../core/column.js";
import type { FinishedTrial } from "../../core/trial.js";
import type { Design, Given } from "../contracts.js";
import { trialsBudget } from "../extension.js";
import type { ComparisonColumn, Following } from "../search/following.js";
import { resultsOf } from "../search/results.js";
import { withinBudget } from "../search/within-budget.js";
import type { Study } from "../study.js";
import { typicalSecondsOfSize, typicalTrialsOfSize } from "../typical-trials.js";
import type { TradeoffColumn } from "./column-replay.js";
import { columns } from "./columns.js";
import { extend } from "./extend.js";
import { outlookOf } from "./outlook.js";

const nothing: Given = { extensions: [], calibration: null };

/**
 * The tradeoff study: at every batch size the tuned learning rate, and steps-to-target with it on fresh seeds; then what follows it.
 *
 * A batch size is a column, and columns run in parallel. A column's search starts from the trend of the rates that won at smaller sizes, so
 * it waits for the tuning of the next smaller size (not for its selecting and reporting): a search with a good start costs a fraction of
 * one without. Small sizes come first, since they need the fewest examples. Reporting runs granted later (extensions) follow a finished
 * column, and nothing waits for them. The comparisons at equal budgets come when all columns are done.
 */
export const tradeoffFollowedBy = (following: Following): Design => ({
	traits: { sizes: "all", asksByObjective: false },
	seeds: ({ seeds }) => seeds,
	typicalTrials: (study) => study.batchSizes.length * typicalTrialsOfSize(study) + following.typicalTrials(study),
	typicalSeconds: (study, runSeconds) =>
		study.batchSizes.reduce((sum, batchSize) => sum + typicalSecondsOfSize(study, batchSize, runSeconds), 0),
	outlook: (study, finished, answers, extensions) => outlookOf(study, finished, answers, extensions, following.toCome(study, finished)),
	next(study, finished, given = nothing) {
		const begun = columns(study, finished);
		const results = resultsOf(study, finished);
		const open = withinBudget(
			[...begun, ...(followingColumns(following, study, finished, begun, given) ?? [])],
			trialsBudget(study.budget.trials, given.extensions),
		);
		return [
			...open.flatMap((column) => column.open?.missing ?? []),
			...begun.flatMap(({ answer }) => extend(study, answer, given.extensions, results).missing),
		];
	},
	answers(study, finished, { extensions } = nothing) {
		const begun = columns(study, finished);
		const results = resultsOf(study, finished);
		return study.batchSizes.map((batchSize, i) =>
			begun[i] ? extend(study, begun[i].answer, extensions, results).answer : blankAnswer(batchSize, "open"),
		);
	},
	comparisonAnswers(study, finished, given = nothing) {
		const begun = columns(study, finished);
		return (
			followingColumns(following, study, finished, begun, given)?.map(({ answer }) => answer) ??
			following.openAnswers(study, given.calibration)
		);
	},
});

/** Where different seeds give equal results. */
const singleSeeds: Study["seeds"] = { tuning: 1, selecting: 1, reporting: 1 };

/** Null while the tradeoff still has trials to run. */
function followingColumns(
	following: Following,
	study: Study,
	finished: readonly FinishedTrial[],
	begun: readonly TradeoffColumn[],
	{ calibration }: Given,
): readonly ComparisonColumn[] | null {
	if (begun.length < study.batchSizes.length || begun.some(({ open }) => open)) return null;
	const answers = begun.map(({ answer }) => answer);
	const rounds = Math.max(...begun.map((column) => column.begunAfter + column.rounds.length));
	const asked = begun.some(({ seedsAreAlike }) => seedsAreAlike) ? { ...study, seeds: singleSeeds } : study;
	return following.columns(asked, answers, rounds, calibration, resultsOf(study, finished));
}
