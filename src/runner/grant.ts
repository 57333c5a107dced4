import type { Findings } from "../analysis/findings.js";
import type { Extension } from "../study/extension.js";
import { isFrugal, sizesToTry, trialsGranted, trialsToSearchOn, trialsToTry } from "../study/frugal/frugal.js";
import { unlimitedTrials } from "../study/plan.js";
import type { TrainableStudy } from "../study/study.js";

/**
 * What to grant a study that has ended, so that it may be decided, at most `budget` trials in all: what its budget left open first; under a small
 * budget the search for a size that reaches the goal, where none has yet and some were left out, or further sizes, where some of those may be better; then the reporting
 * runs that the recommendation asks for, dealt out one at a time in turn where the budget doesn't pay for all. Empty where more trials
 * wouldn't help: decided, the goal reached by none of all sizes, nothing advised, no budget. `spare`: trials of its own budget that didn't pay for a round; they are spent first.
 */
export function extensionsFor(
	study: TrainableStudy,
	{ recommendation, tradeoff }: Findings,
	budget: number,
	spare = 0,
): readonly Extension[] {
	if (recommendation.verdict === "found" || budget < 1) return [];
	const { next, untried, batchSize: best } = recommendation;
	const goOn = (most: number): readonly Extension[] => {
		const trials = Math.min(budget, most) - spare;
		return trials > 0 ? [{ batchSize: null, trials }] : [];
	};
	if (tradeoff.some(({ outcome }) => outcome === "open")) return goOn(unlimitedTrials(study));
	if (best === null && untried.length > 0 && isFrugal(study)) return goOn(trialsToSearchOn);
	const further = isFrugal(study) ? sizesToTry(untried, best) : [];
	const affordable = further.slice(0, Math.floor(budget / trialsToTry));
	if (affordable.length > 0) {
		const trials = Math.min(trialsGranted, Math.floor(budget / affordable.length));
		return affordable.map((batchSize) => ({ batchSize, trials }));
	}
	const dealt = next.map(() => 0);
	for (let left = Math.min(budget, total(next)), i = 0; left > 0; i = (i + 1) % next.length) {
		if (dealt[i] === next[i].runs) continue;
		dealt[i]++;
		left--;
	}
	return next.flatMap(({ batchSize }, i) => (dealt[i] > 0 ? [{ batchSize, trials: dealt[i] }] : []));
}

const total = (next: readonly { readonly runs: number }[]): number => next.reduce((sum, { runs }) => sum + runs, 0);
