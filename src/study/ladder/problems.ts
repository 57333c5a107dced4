import type { Problem } from "../problem.js";
import type { Study } from "../study.js";
import { scheduleOf } from "../workloads/table.js";
import { isLadder } from "./is-ladder.js";

/** Problems: keys that don't fit a budget of trainings. */
export function ladderProblems(study: Pick<Study, "budget" | "comparisons" | "goal" | "workload">): readonly Problem[] {
	if (!isLadder(study)) return [];
	const path = "budget.trainings";
	const { trials, seconds } = study.budget;
	if (trials !== null || seconds !== null)
		return [{ path, message: "found next to a budget of trials, time or cost, expected one of them alone: omit the others" }];
	if (study.comparisons)
		return [{ path, message: "comparisons at equal budgets need every batch size: omit `comparisons`, or this budget" }];
	if (scheduleOf(study.workload)?.batchSize)
		return [{ path, message: "a schedule under which batches grow can't be tuned by a budget of trainings: omit the budget" }];
	return [];
}
