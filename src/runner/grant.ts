import type { Findings, Recommendation } from "../analysis/findings.js";
import { whatWouldDecide } from "../study/decide.js";
import type { Extension } from "../study/extension.js";
import { unlimitedTrials } from "../study/plan.js";
import type { TrainableStudy } from "../study/study.js";

/**
 * The trials to grant to a finished study so that it may be decided, `budget` at most. If the budget doesn't cover all of them, the sizes
 * get runs in turn, one at a time. Empty if more trials wouldn't help, or without a budget. `spare`: trials left in the study's own budget
 * that were too few for a round; they are spent first.
 */
export function extensionsFor(study: TrainableStudy, findings: Findings, budget: number, spare = 0): readonly Extension[] {
	const decision = budget < 1 ? null : whatWouldDecide(findings);
	const goOn = (most: number): readonly Extension[] => {
		const trials = Math.min(budget, most) - spare;
		return trials > 0 ? [{ batchSize: null, trials }] : [];
	};
	switch (decision?.kind) {
		case undefined:
			return [];
		case "unfinished":
			return goOn(unlimitedTrials(study));
		case "runs":
			return deal(decision.runs, budget);
	}
}

function deal(runs: Recommendation["next"], budget: number): readonly Extension[] {
	const dealt = runs.map(() => 0);
	const total = runs.reduce((sum, one) => sum + one.runs, 0);
	for (let left = Math.min(budget, total), i = 0; left > 0; i = (i + 1) % runs.length) {
		if (dealt[i] === runs[i].runs) continue;
		dealt[i]++;
		left--;
	}
	return runs.flatMap(({ batchSize }, i) => (dealt[i] > 0 ? [{ batchSize, trials: dealt[i] }] : []));
}
