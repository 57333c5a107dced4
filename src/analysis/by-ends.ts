import type { ColumnAnswer } from "../core/column.js";
import type { Findings, Recommendation } from "./findings.js";
import { noMedian } from "./findings.js";
import { byObjective } from "./objectives.js";

/** What the ends of trainings have decided, for either kind of question about them. */
interface ByEnds {
	/** The best setting, and what one training takes there; null where there is none. */
	readonly best: (Pick<ColumnAnswer, "batchSize" | "learningRate"> & Pick<Recommendation, "steps" | "examples" | "seconds">) | null;
	/** Whether trials are still missing. */
	readonly isOpen: boolean;
	readonly decided: boolean;
	/** Share of resamples in which it is within the tolerance of the best; null where that isn't asked. */
	readonly within: number | null;
}

/**
 * The findings of a study of which only the ends of trainings count: its recommendation, in place of what steps to a goal show, and its
 * price.
 */
export function byEnds(findings: Findings, { best, isOpen, decided, within }: ByEnds): Findings {
	const recommendation: Recommendation = {
		...findings.recommendation,
		verdict: best === null && !isOpen ? "not reached" : decided ? "found" : "undecided",
		batchSize: best?.batchSize ?? null,
		learningRate: best?.learningRate ?? null,
		indistinguishable: [],
		withinTolerance: within,
		steps: best?.steps ?? noMedian,
		examples: best?.examples ?? noMedian,
		seconds: best?.seconds ?? noMedian,
		neighbours: [],
		next: [],
	};
	const unit = recommendation.examples.median;
	return {
		...findings,
		recommendation,
		recommendations: byObjective((objective) => ({ ...recommendation, objective })),
		bestSeen: null,
		cost: { ...findings.cost, trainings: unit === null ? null : findings.cost.examples / unit, trainingSeconds: null },
	};
}
