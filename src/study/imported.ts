import { median } from "../analysis/bootstrap.js";
import { longestOfEachSeed, trialsOf } from "../analysis/reporting.js";
import type { ColumnAnswer } from "../core/column.js";
import type { FinishedTrial } from "../core/trial.js";
import type { Design } from "./contracts.js";

/**
 * The design behind runs that were made elsewhere: it asks for none. At each batch size the rate with the least median steps-to-target over its reporting runs is
 * reported, of equal ones the lower. Where several rates have such runs, that median is biased low: it is the least of several, taken on the very runs
 * that are reported (the winner's curse).
 */
export const importedDesign: Design = {
	next: () => [],
	answers: (study, finished) => study.batchSizes.map((batchSize) => answerOf(finished, batchSize)),
	budgetAnswers: () => [],
};

function answerOf(finished: readonly FinishedTrial[], batchSize: number): ColumnAnswer {
	const rates = reportedRates(finished, batchSize).map((learningRate) => ({
		learningRate,
		steps: medianSteps(finished, batchSize, learningRate),
	}));
	if (rates.length === 0)
		return { batchSize, state: "open", learningRate: null, steps: null, atEdge: false, replaced: [], reportingRuns: 0 };
	const best = rates.reduce((a, b) => (b.steps < a.steps ? b : a));
	if (best.steps === Number.POSITIVE_INFINITY) {
		return { batchSize, state: "not reached", learningRate: null, steps: null, atEdge: false, replaced: [], reportingRuns: 0 };
	}
	const [lowest, highest] = [rates[0].learningRate, rates[rates.length - 1].learningRate];
	const atEdge = rates.length > 1 && (best.learningRate === lowest || best.learningRate === highest);
	return { batchSize, state: "reached", ...best, atEdge, replaced: [], reportingRuns: places(finished, batchSize, best.learningRate) };
}

/** Ascending, without repeats. */
const reportedRates = (finished: readonly FinishedTrial[], batchSize: number): readonly number[] =>
	[...new Set(trialsOf(finished, "reporting", batchSize).map(({ spec }) => spec.learningRate))].sort((a, b) => a - b);

/** ∞ where most runs missed the goal. */
const medianSteps = (finished: readonly FinishedTrial[], batchSize: number, learningRate: number): number =>
	median(longestOfEachSeed(blockOf(finished, batchSize, learningRate)).map(({ result }) => result.first?.step ?? Number.POSITIVE_INFINITY));

/** One more than the largest seed index. */
const places = (finished: readonly FinishedTrial[], batchSize: number, learningRate: number): number =>
	blockOf(finished, batchSize, learningRate).reduce((most, { spec }) => Math.max(most, spec.seedIndex + 1), 0);

const blockOf = (finished: readonly FinishedTrial[], batchSize: number, learningRate: number): FinishedTrial[] =>
	trialsOf(finished, "reporting", batchSize).filter(({ spec }) => spec.learningRate === learningRate);
