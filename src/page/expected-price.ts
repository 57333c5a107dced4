import { isLadder } from "../study/ladder/is-ladder.js";
import { expectedTrainings } from "../study/ladder/limits.js";
import type { StudyView } from "../words/view.js";

/**
 * What the answer of a study that isn't over will have cost, in trainings at what it recommends now. A budget is spent; else what is left
 * costs as much for each second as the trials so far (`spentSeconds`). Null: it is over, or recommends nothing yet.
 */
export function expectedPrice({ findings, progress, stored }: StudyView, spentSeconds: number): number | null {
	const { trainings } = findings.cost;
	if (trainings === null || stored.state === "complete") return null;
	if (isLadder(stored.study)) return Math.max(trainings, expectedTrainings(stored.study));
	if (progress.secondsLeft === null || spentSeconds <= 0) return null;
	return trainings * (1 + progress.secondsLeft / spentSeconds);
}
