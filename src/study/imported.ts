import { median } from "../analysis/bootstrap.js";
import { ratesOf } from "../analysis/rate-findings.js";
import { longestOfEachSeed, trialsOf } from "../analysis/reporting.js";
import { blankAnswer, type ColumnAnswer } from "../core/column.js";
import type { FinishedTrial } from "../core/trial.js";
import type { Design } from "./contracts.js";

/**
 * The design for imported runs: it asks for no trials. At each batch size the rate (and setting, where the runs differ in
 * momentum or weight decay) with the least median steps-to-target over its reporting runs is reported, or the lower of equal ones. If
 * several rates have such runs, that median is biased low: it is the minimum of several, chosen by the same runs that are reported (the
 * winner's curse).
 */
export const importedDesign: Design = {
	traits: { sizes: "all", asksByObjective: false },
	seeds: ({ seeds }) => seeds,
	typicalTrials: () => 0,
	typicalSeconds: () => 0,
	outlook: (_, finished) => ({ trials: finished.length, seconds: 0 }),
	next: () => [],
	answers: (study, finished) => study.batchSizes.map((batchSize) => answerOf(finished, batchSize)),
	comparisonAnswers: () => [],
};

function answerOf(finished: readonly FinishedTrial[], batchSize: number): ColumnAnswer {
	const rates = ratesOf(trialsOf(finished, "reporting", batchSize)).map(({ learningRate, setting, trials }) => ({
		learningRate,
		...setting,
		steps: medianSteps(trials),
		reportingRuns: places(trials),
	}));
	if (rates.length === 0) return blankAnswer(batchSize, "open");
	const best = rates.reduce((a, b) => (b.steps < a.steps ? b : a));
	if (best.steps === Number.POSITIVE_INFINITY) return blankAnswer(batchSize, "not reached");
	const [lowest, highest] = [rates[0].learningRate, rates[rates.length - 1].learningRate];
	const atEdge = lowest < highest && (best.learningRate === lowest || best.learningRate === highest);
	return { batchSize, state: "reached", ...best, atEdge, replaced: [] };
}

/** ∞ where most runs missed the goal. */
const medianSteps = (block: readonly FinishedTrial[]): number =>
	median(longestOfEachSeed(block).map(({ result }) => result.reached?.step ?? Number.POSITIVE_INFINITY));

/** One more than the largest seed index. */
const places = (block: readonly FinishedTrial[]): number => block.reduce((most, { spec }) => Math.max(most, spec.seedIndex + 1), 0);
