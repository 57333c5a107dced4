import { isBestGoal } from "../../core/horizon.js";
import type { Problem } from "../problem.js";
import type { Study } from "../study.js";
import { isTied, scheduleOf, traitsOf } from "../workloads/table.js";

/** What a study of the best end doesn't go with, and a schedule that only such a study can use. */
export function horizonProblems(
	study: Pick<Study, "baseline" | "budget" | "comparisons" | "data" | "goal" | "tune" | "workload">,
): readonly Problem[] {
	const { goal, workload, data, budget, tune } = study;
	const problems: Problem[] = [];
	const say = (path: string, message: string) => problems.push({ path, message });
	if (!isBestGoal(goal)) {
		if (isTied(workload))
			say(
				"goal",
				"the schedule follows the planned length, so that only a run's end counts: ask for the best end, such as `{ metric: validation.loss, best: lowest, horizon: { epochs: 30 }, give: 0.005 }`",
			);
		return problems;
	}
	const { horizon } = goal;
	if ("seconds" in horizon && traitsOf(workload).timing === "of runs")
		say("goal.horizon", "how long a script's steps take isn't known before it runs: give `epochs`, `steps` or `examples`");
	if ("epochs" in horizon && data.train === 0)
		say(
			"workload.examples",
			"missing: how many training examples there are is needed for `goal.horizon.epochs`; give their number, or `steps`",
		);
	if (budget.trials !== null)
		say("budget.trials", "the best end of a training is paid for in trainings: use `trainings`, such as `budget: { trainings: 10 }`");
	if (study.comparisons) say("comparisons", "they are no part of a study of the best end: omit `comparisons`");
	if (study.baseline) say("baseline", "it is compared by steps to a goal, and this study has no value to reach: omit `baseline`");
	for (const name of ["momentum", "weightDecay"] as const)
		if ((tune[name]?.length ?? 0) > 0)
			say(`tune.${name}`, "a study of the best end searches the learning rate alone: set the value in the workload");
	if (scheduleOf(workload)?.batchSize) say("workload.schedule.batchSize", "batches that grow have no one size to compare: omit it");
	return problems;
}
