import type { Findings } from "../analysis/findings.js";
import type { Extension } from "../study/extension.js";
import { isFrugal, trialsToGoOn } from "../study/frugal/frugal.js";
import { unlimitedTrials } from "../study/plan.js";
import type { TrainableStudy } from "../study/study.js";

/**
 * What to grant a study that has ended, so that it may be decided, at most `budget` trials in all: what its budget left open first; under a small
 * budget a further batch size, where one that was left out may be better, which the design chooses; then the reporting
 * runs that the recommendation asks for, dealt out one at a time in turn where the budget doesn't pay for all. Empty where more trials
 * wouldn't help: decided, the goal not reached, nothing advised, no budget.
 */
export function extensionsFor(study: TrainableStudy, { recommendation, tradeoff }: Findings, budget: number): readonly Extension[] {
	if (recommendation.verdict !== "undecided" || budget < 1) return [];
	if (tradeoff.some(({ outcome }) => outcome === "open")) {
		return [{ batchSize: null, trials: Math.min(budget, unlimitedTrials(study)) }];
	}
	const { next, untried } = recommendation;
	if (untried.length > 0 && isFrugal(study) && study.budget.trials !== null)
		return [{ batchSize: null, trials: Math.min(budget, trialsToGoOn(total(next))) }];
	const dealt = next.map(() => 0);
	for (let left = Math.min(budget, total(next)), i = 0; left > 0; i = (i + 1) % next.length) {
		if (dealt[i] === next[i].runs) continue;
		dealt[i]++;
		left--;
	}
	return next.flatMap(({ batchSize }, i) => (dealt[i] > 0 ? [{ batchSize, trials: dealt[i] }] : []));
}

const total = (next: readonly { readonly runs: number }[]): number => next.reduce((sum, { runs }) => sum + runs, 0);
