import type { Problem } from "../problem.js";
import type { Study } from "../study.js";
import { scheduleOf } from "../workloads/table.js";

/** Problems: keys that don't fit a budget of trainings. */
export function ladderProblems({
	budget,
	comparisons,
	goal,
	workload,
}: Pick<Study, "budget" | "comparisons" | "goal" | "workload">): readonly Problem[] {
	if (budget.trainings === undefined || goal.best !== undefined) return [];
	const path = "budget.trainings";
	if (comparisons) return [{ path, message: "comparisons at equal budgets need every batch size: omit `comparisons`, or this budget" }];
	if (scheduleOf(workload)?.batchSize)
		return [{ path, message: "a schedule under which batches grow can't be tuned by a budget of trainings: omit the budget" }];
	return [];
}
